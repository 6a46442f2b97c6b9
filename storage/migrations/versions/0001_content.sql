-- Sealed content, its keys and its destruction; rulings, releases and the ledger.
create table audience (
    item_id uuid not null,
    agency_id text not null,
    case_id uuid not null,
    originator text not null,
    handoff_id uuid,
    scope text not null,
    primary key (item_id, agency_id)
);
create index ix_audience_case_id on audience (case_id);
create table item (
    id uuid not null,
    case_id uuid not null,
    act_id uuid not null,
    handoff_id uuid,
    originator text not null,
    state text not null,
    added_on date not null,
    header bytea not null,
    commitment bytea not null,
    signature bytea not null,
    sealed_at timestamptz not null,
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
create table ledger_tile_hash (
    level smallint not null,
    place bigint not null,
    hash bytea not null,
    primary key (level, place)
);
create table number_token (
    item_id uuid not null,
    agency_id text not null,
    token bytea not null,
    case_id uuid not null,
    primary key (item_id, agency_id, token)
);
create index ix_number_token_token on number_token (agency_id, token);
create index ix_number_token_case_id on number_token (case_id);
create table key_delivery (
    case_key_id text not null,
    case_id uuid not null,
    giver text not null,
    receiver text not null,
    scope text not null,
    epoch integer not null,
    sealed_key bytea not null,
    act_id uuid not null,
    live boolean not null,
    broken boolean not null,
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
create table ledger_timestamp (
    day date not null,
    size bigint not null,
    reply bytea not null,
    at timestamptz not null,
    primary key (day)
);
create table witness (
    agency_id text not null references agency (id),
    key bytea,
    seen text not null,
    answered uuid not null,
    refused text not null,
    at timestamptz not null,
    primary key (agency_id)
);
create table witness_offer (
    agency_id text not null references agency (id),
    id uuid not null,
    note text not null,
    proof bytea not null,
    at timestamptz not null,
    primary key (agency_id)
);
create table cosignature (
    size bigint not null,
    agency_id text not null references agency (id),
    line text not null,
    at timestamptz not null,
    primary key (size, agency_id)
);
create table contradiction (
    id uuid not null,
    agency_id text not null references agency (id),
    seen text not null,
    held text not null,
    at timestamptz not null,
    primary key (id)
);
create table node_alarm (
    agency_id text not null references agency (id),
    kind text not null,
    leaf bytea not null,
    since timestamptz not null,
    told_at timestamptz not null,
    over_at timestamptz,
    primary key (agency_id, kind, leaf, since)
);
-- The database's encoding is UTF-8 for good, so what bytes say never changes.
create function said(body bytea) returns jsonb language sql immutable
    as $$ select convert_from(body, 'UTF8')::jsonb $$;
create table ledger_entry (
    seq bigserial not null,
    body bytea not null,
    leaf bytea not null,
    -- What entries are found by is read out of their bytes, and so says nothing else.
    entry_id uuid generated always as ((said(body)->>'id')::uuid) stored,
    act_id uuid generated always as ((said(body)->>'act')::uuid) stored,
    case_id uuid generated always as ((said(body)->>'case')::uuid) stored,
    agency_id text generated always as (said(body)->>'agency') stored,
    kind text generated always as (said(body)->>'kind') stored,
    day text generated always as (left(said(body)->>'at', 10)) stored,
    item_ids jsonb generated always as (said(body)->'items') stored,
    primary key (seq)
);
create index ix_ledger_entry_leaf on ledger_entry (leaf);
create unique index ix_ledger_entry_entry_id on ledger_entry (entry_id);
create index ix_ledger_entry_act_id on ledger_entry (act_id);
create index ix_ledger_entry_case_id on ledger_entry (case_id);
create index ix_ledger_entry_day on ledger_entry (day);
create index ix_ledger_entry_item_ids on ledger_entry using gin (item_ids jsonb_path_ops)
    with (fastupdate = off); -- else questions wade through what is not indexed yet
create table ledger_salt (
    leaf bytea not null,
    kind text not null,
    case_id uuid,
    officer_id text not null,
    salt bytea not null,
    primary key (leaf, kind)
);
create index ix_ledger_salt_officer_id on ledger_salt (officer_id);
create table in_use (
    agency_id text not null,
    kind text not null,
    name text not null,
    value text not null,
    primary key (agency_id, kind, name)
);
create table ledger_staging (
    id uuid not null,
    body bytea not null,
    leaf bytea not null,
    staged_at timestamptz not null,
    txid bigint default (pg_current_xact_id()::text::bigint),
    primary key (id),
    check (leaf = sha256('\x00'::bytea || body)) -- RFC 6962, section 2.1
);
-- What the integrator would not order, and why: somebody wrote past the program.
create table ledger_refused (
    leaf bytea not null,
    body bytea not null,
    reason text not null,
    at timestamptz not null,
    primary key (leaf)
);
create table node_order (
    id uuid not null,
    agency_id text not null,
    case_id uuid not null,
    kind text not null,
    scope text not null,
    holder text not null,
    item_id uuid,
    state text not null,
    receipt jsonb,
    ordered_at timestamptz not null,
    done_at timestamptz,
    ground text,
    untold boolean not null default false,
    primary key (id)
);
create index ix_node_order_open on node_order (agency_id) where state = 'open';
create index ix_node_order_untold on node_order (case_id) where untold;
create index ix_node_order_item_id on node_order (item_id);
create table release_request (
    handoff_id uuid not null,
    case_id uuid not null,
    item_id uuid not null,
    recipient text not null,
    serves_id uuid not null,
    article text not null,
    primary key (handoff_id)
);
create index ix_release_request_item_id on release_request (item_id);
create table staged_wrap (
    act_id uuid not null,
    item_id uuid not null,
    agency_id text not null,
    giver text not null,
    scope text not null,
    case_key_id text not null,
    wrapped bytea not null,
    primary key (act_id)
);
create table release (
    id uuid not null,
    item_id uuid not null,
    agency_id text not null,
    officer_id text not null,
    purpose text not null,
    ruling_id uuid,
    entry_id uuid not null,
    at timestamptz not null,
    txid bigint default (pg_current_xact_id()::text::bigint),
    primary key (id, item_id),
    unique (entry_id, item_id)
);
create index ix_release_item_id on release (item_id);
create table list_page (
    entry_id uuid not null,
    salt bytea not null,
    shown jsonb not null,
    primary key (entry_id)
);
create table sighting (
    item_id uuid not null,
    entry_id uuid not null,
    case_id uuid not null,
    originator text not null,
    agency_id text not null,
    officer_id text not null,
    function text not null,
    service_number text not null,
    kind text not null,
    at timestamptz not null,
    inside uuid,
    primary key (item_id, entry_id)
);
create index ix_sighting_entry_id on sighting (entry_id);
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
create table policy_set (
    digest text not null,
    schema_text text not null,
    policies jsonb not null,
    engine text not null,
    first_used timestamptz not null,
    primary key (digest)
);
create table ruling (
    id uuid not null,
    act_id uuid not null,
    verdict text not null,
    policies jsonb not null,
    errors jsonb not null,
    digest text not null,
    engine text not null,
    facts jsonb not null,
    salt bytea not null,
    at timestamptz not null,
    primary key (id)
);
create index ix_ruling_act_id on ruling (act_id);
