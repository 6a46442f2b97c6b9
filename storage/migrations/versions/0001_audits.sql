-- Findings of auditors, honey records, what the DPO keeps, and papers: sealed texts that
-- belong to no case.
create table finding (
    id uuid not null,
    auditor_id text not null,
    agency_id text not null,
    owner_id text not null,
    entries jsonb not null,
    state text not null,
    outcome text,
    opened_on date not null,
    due_on date not null,
    told_on date,
    closed_on date,
    kept_until date,
    primary key (id)
);
create table finding_step (
    paper_id uuid not null,
    finding_id uuid not null,
    step text not null,
    agency_id text not null,
    function text not null,
    service_number text not null,
    at timestamptz not null,
    primary key (paper_id)
);
create index ix_finding_step_finding_id on finding_step (finding_id);
create table honey (
    auditor_id text not null,
    item_id uuid not null,
    set_at timestamptz not null,
    lifted_at timestamptz,
    primary key (auditor_id, item_id, set_at)
);
create table statutory_list (
    id uuid not null,
    paper_id uuid not null,
    agency_id text not null,
    first_day date not null,
    last_day date not null,
    made_at timestamptz not null,
    kept_until date not null,
    primary key (id)
);
create table subject_request (
    id uuid not null,
    agency_id text not null,
    asked_for text not null,
    regime text not null,
    state text not null,
    received_on date not null,
    due_on date not null,
    extended integer not null,
    told_on date,
    outcome text,
    limit_code text,
    closed_on date,
    kept_until date,
    primary key (id)
);
create table subject_request_step (
    paper_id uuid not null,
    request_id uuid not null,
    step text not null,
    at timestamptz not null,
    primary key (paper_id)
);
create index ix_subject_request_step_request_id on subject_request_step (request_id);
create table paper (
    id uuid not null,
    matter_id uuid not null,
    originator text not null,
    header bytea not null,
    ciphertext bytea not null,
    commitment bytea not null,
    signature bytea not null,
    sealed_at timestamptz not null,
    primary key (id)
);
create index ix_paper_matter_id on paper (matter_id);
create table paper_key (
    paper_id uuid not null,
    agency_id text not null,
    matter_id uuid not null,
    giver text not null,
    case_key_id text not null,
    wrapped bytea not null,
    primary key (paper_id, agency_id)
);
create index ix_paper_key_matter_id on paper_key (matter_id);
