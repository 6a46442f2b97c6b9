create table agency (
    id text not null,
    kind text not null,
    name text not null,
    signing_key bytea not null,
    delivery_key bytea not null,
    primary key (id)
);
create table alarm (
    deadline_id uuid not null,
    kind text not null,
    at timestamptz not null,
    outcome jsonb not null,
    primary key (deadline_id, kind, at)
);
create table appeal (
    id uuid not null,
    case_id uuid not null,
    decision_id uuid not null,
    lodged_on date not null,
    extreme_urgency boolean not null,
    result text,
    ruled_on date,
    primary key (id)
);
create index ix_appeal_case_id on appeal (case_id);
create table audience (
    item_id uuid not null,
    agency_id text not null,
    case_id uuid not null,
    scope text not null,
    primary key (item_id, agency_id)
);
create index ix_audience_case_id on audience (case_id);
create table case_file (
    id uuid not null,
    route text not null,
    pack_version date not null,
    pack_digest text not null,
    agency_id text not null,
    stage text not null,
    version integer not null,
    activity text not null,
    permit_regime boolean not null,
    opened_on date not null,
    closed_on date,
    outcome text,
    primary key (id)
);
create table deadline (
    id uuid not null,
    case_id uuid not null,
    handoff_id uuid,
    agency_id text not null,
    clock text not null,
    state text not null,
    started_on date not null,
    due_on date not null,
    ends_at timestamptz not null,
    extended integer not null,
    counting jsonb not null,
    primary key (id)
);
create index ix_deadline_case_id on deadline (case_id);
create table decision (
    id uuid not null,
    case_id uuid not null,
    state text not null,
    outcome text not null,
    months integer,
    lifting_conditions boolean not null,
    grounds jsonb not null,
    answered jsonb not null,
    proposal_id uuid not null,
    text_id uuid,
    adopted_on date,
    notified_on date,
    notified_mode text,
    filed_on date,
    primary key (id)
);
create index ix_decision_case_id on decision (case_id);
create table demo_clock (
    id integer not null,
    machine_anchor timestamptz not null,
    legal_anchor timestamptz not null,
    pace integer not null,
    machine_until timestamptz not null,
    primary key (id)
);
create table designation (
    id uuid not null,
    case_id uuid not null,
    handoff_id uuid,
    agency_id text not null,
    officer_id text not null,
    from_day date not null,
    until_day date,
    primary key (id)
);
create index ix_designation_case_id on designation (case_id);
create table handoff (
    id uuid not null,
    case_id uuid not null,
    route text not null,
    pack_version date not null,
    parent_id uuid,
    kind text not null,
    source text not null,
    asker text not null,
    asked text not null,
    state text not null,
    version integer not null,
    question_id uuid not null,
    purpose text not null,
    article text not null,
    offered_at timestamptz not null,
    due_on date,
    closed_at timestamptz,
    primary key (id)
);
create index ix_handoff_asked on handoff (asked);
create index ix_handoff_asker on handoff (asker);
create index ix_handoff_case_id on handoff (case_id);
create table hearing (
    id uuid not null,
    case_id uuid not null,
    mode text not null,
    presented_on date not null,
    hearing_on date not null,
    invitation_id uuid not null,
    proof_id uuid not null,
    attendance text,
    arguments integer,
    minutes_id uuid,
    primary key (id)
);
create index ix_hearing_case_id on hearing (case_id);
create table intent (
    act_id uuid not null,
    case_id uuid not null,
    kind text not null,
    officer_id text not null,
    agency_id text not null,
    purpose text not null,
    message jsonb not null,
    stored_at timestamptz not null,
    legal_at timestamptz not null,
    state text not null,
    outcome jsonb,
    settled_at timestamptz,
    primary key (act_id)
);
create index ix_intent_case_id on intent (case_id);
create table item (
    id uuid not null,
    case_id uuid not null,
    act_id uuid not null,
    handoff_id uuid,
    originator text not null,
    kind text not null,
    source text,
    state text not null,
    handling jsonb not null,
    added_on date not null,
    header bytea not null,
    commitment bytea not null,
    signature bytea not null,
    primary key (id)
);
create index ix_item_act_id on item (act_id);
create index ix_item_case_id on item (case_id);
create table item_body (
    item_id uuid not null,
    ciphertext bytea not null,
    primary key (item_id)
);
create table item_key (
    item_id uuid not null,
    agency_id text not null,
    giver text not null,
    scope text not null,
    case_key_id text not null,
    wrapped bytea not null,
    primary key (item_id, agency_id)
);
create table key_delivery (
    case_key_id text not null,
    case_id uuid not null,
    giver text not null,
    receiver text not null,
    scope text not null,
    epoch integer not null,
    sealed_key bytea not null,
    act_id uuid not null,
    primary key (case_key_id)
);
create index ix_key_delivery_case_id on key_delivery (case_id);
create index ix_key_delivery_receiver on key_delivery (receiver);
create table ledger_checkpoint (
    size bigserial not null,
    root bytea not null,
    note text not null,
    frontier bytea not null,
    at timestamptz not null,
    primary key (size)
);
create table ledger_entry (
    seq bigserial not null,
    body bytea not null,
    leaf bytea not null,
    primary key (seq)
);
create table ledger_salt (
    leaf bytea not null,
    kind text not null,
    case_id uuid,
    salt bytea not null,
    primary key (leaf, kind)
);
create table ledger_staging (
    id uuid not null,
    body bytea not null,
    leaf bytea not null,
    staged_at timestamptz not null,
    primary key (id)
);
create table node_order (
    id uuid not null,
    agency_id text not null,
    case_id uuid not null,
    kind text not null,
    scope text not null,
    holder text not null,
    state text not null,
    receipt jsonb,
    ordered_at timestamptz not null,
    primary key (id)
);
create index ix_node_order_agency_id on node_order (agency_id);
create table notice (
    id uuid not null,
    case_id uuid not null,
    handoff_id uuid,
    deadline_id uuid,
    agency_id text not null,
    function text not null,
    kind text not null,
    clock text not null,
    detail text not null,
    due_on date,
    at timestamptz not null,
    primary key (id)
);
create index ix_notice_agency_id on notice (agency_id);
create table register_entry (
    id uuid not null,
    case_id uuid not null,
    commune text not null,
    keeper text not null,
    filing_id uuid not null,
    measure text not null,
    decided_on date not null,
    entered_on date not null,
    primary key (id)
);
create table release (
    id uuid not null,
    item_id uuid not null,
    agency_id text not null,
    officer_id text not null,
    purpose text not null,
    ruling_id uuid not null,
    at timestamptz not null,
    receipt text not null,
    txid bigint default (pg_current_xact_id()::text::bigint),
    primary key (id)
);
create index ix_release_item_id on release (item_id);
create table retention_due (
    id uuid not null,
    case_id uuid not null,
    agency_id text not null,
    scope text not null,
    rule text not null,
    due_on date not null,
    state text not null,
    destroyed_on date,
    primary key (id)
);
create index ix_retention_due_case_id on retention_due (case_id);
create table ruling (
    id uuid not null,
    act_id uuid not null,
    allowed boolean not null,
    policies jsonb not null,
    errors jsonb not null,
    digest text not null,
    engine text not null,
    facts jsonb not null,
    at timestamptz not null,
    primary key (id)
);
create index ix_ruling_act_id on ruling (act_id);
create table timeline (
    id uuid not null,
    case_id uuid not null,
    handoff_id uuid,
    kind text not null,
    agency_id text not null,
    function text not null,
    service_number text not null,
    article text not null,
    detail text not null,
    at timestamptz not null,
    recorded_at timestamptz not null,
    receipt text not null,
    primary key (id)
);
create index ix_timeline_case_id on timeline (case_id);
create table officer (
    id text not null,
    agency_id text not null,
    functions text[] not null,
    service_number text not null,
    primary key (id),
    foreign key(agency_id) references agency (id)
);
