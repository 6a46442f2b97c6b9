-- The directory, and what every case goes through. No content, no names.
create table agency (
    id text not null check (id <> 'estafette'), -- stands in the log for all of them
    kind text not null,
    name jsonb not null, -- in each language of the pages
    certificates bytea[] not null,
    statement bytea not null,
    primary key (id)
);
create index ix_agency_kind on agency (kind);
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
    next_due date not null,
    next_clock text,
    appeal_open boolean not null default false,
    secrecy text not null,
    primary key (id)
);
create index ix_case_file_due on case_file (agency_id, next_due, id);
create index ix_case_file_stage on case_file (agency_id, stage, next_due, id);
create table deadline (
    id uuid not null,
    case_id uuid not null,
    handoff_id uuid,
    item_id uuid,
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
    proposed_by text not null,
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
    no_appeal_on date,
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
-- Legal time by the database's own clock: machine time, unless a demo has moved it. The
-- same as `runtime.clock.Run.legal`; a test compares them.
create function legal_now() returns timestamptz language sql stable as $$
    select coalesce((
        select legal_anchor + (now() - machine_anchor)
            + (pace - 1) * least(greatest(now() - machine_anchor, interval '0'),
                machine_until - machine_anchor)
        from demo_clock), now()) $$;
create function legal_day() returns date language sql stable
    as $$ select (legal_now() at time zone 'Europe/Brussels')::date $$;
create table designation (
    id uuid not null,
    case_id uuid not null,
    handoff_id uuid,
    agency_id text not null,
    officer_id text not null,
    from_day date not null,
    until_day date,
    ended_on date,
    primary key (id)
);
create index ix_designation_case_id on designation (case_id);
create index ix_designation_officer_id on designation (officer_id);
create table existence (
    case_id uuid not null,
    told text not null,
    mode text not null,
    agency_id text not null,
    contact text not null,
    route text,
    pack_version date,
    stage text,
    primary key (case_id, told)
);
create table guarded (
    handoff_id uuid not null,
    case_id uuid not null,
    agency_id text not null,
    state text not null,
    act_id uuid,
    prepared_by text,
    primary key (handoff_id)
);
create index ix_guarded_case_id on guarded (case_id);
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
create table handoff_twin (
    handoff_id uuid not null,
    step integer not null,
    side text not null,
    case_id uuid not null,
    agency_id text not null,
    change text not null,
    at timestamptz not null,
    leaf bytea not null,
    acted boolean not null,
    since timestamptz not null,
    word text,
    told_at timestamptz,
    refused text not null,
    alarmed_at timestamptz,
    primary key (handoff_id, step, side)
);
create index ix_handoff_twin_case_id on handoff_twin (case_id);
create index ix_handoff_twin_leaf on handoff_twin (leaf);
create index ix_handoff_twin_missing on handoff_twin (agency_id, since)
    where word is null;
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
    asked bytea not null,
    stored_at timestamptz not null default now(),
    legal_at timestamptz not null default legal_now(),
    state text not null,
    outcome jsonb,
    settled_at timestamptz,
    primary key (act_id)
);
create index ix_intent_case_id on intent (case_id);
create index ix_intent_unsettled on intent (stored_at) where settled_at is null;
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
    posted_at timestamptz,
    primary key (id)
);
create index ix_notice_agency_id on notice (agency_id);
create index ix_notice_unposted on notice (id) where posted_at is null;
create table register_entry (
    id uuid not null,
    case_id uuid not null,
    commune text not null,
    keeper text not null,
    filing_id uuid not null,
    measure text not null,
    decided_on date not null,
    entered_at timestamptz not null,
    primary key (id)
);
create index ix_register_entry_case_id on register_entry (case_id);
create index ix_register_entry_filing_id on register_entry (filing_id);
create index ix_register_entry_keeper on register_entry (keeper, entered_at, id);
create table timeline (
    id uuid not null,
    case_id uuid not null,
    handoff_id uuid,
    kind text not null,
    agency_id text not null,
    function text not null,
    service_number text not null,
    on_behalf_of text not null,
    article text not null,
    detail text not null,
    at timestamptz not null,
    recorded_at timestamptz not null,
    receipt text not null,
    inside boolean not null,
    primary key (id)
);
create index ix_timeline_case_id on timeline (case_id);
create table officer (
    id text not null,
    agency_id text not null,
    functions text[] not null,
    service_number text not null,
    primary key (id),
    foreign key(agency_id) references agency (id),
    check (starts_with(id, agency_id || '/'))
);
create table oversight (
    auditor_id text not null,
    agency_id text not null,
    article text not null,
    primary key (auditor_id, agency_id),
    foreign key(auditor_id) references agency (id),
    foreign key(agency_id) references agency (id)
);
