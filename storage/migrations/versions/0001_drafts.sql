-- Openings that were begun and are not finished: sealed at the agency's own node, seen
-- and deleted by whoever wrote them; the record step deletes what is left too long.
create table opening_draft (
    id uuid not null,
    agency_id text not null,
    officer_id text not null,
    route text not null,
    header bytea not null,
    ciphertext bytea not null,
    commitment bytea not null,
    signature bytea not null,
    case_key_id text not null,
    wrapped bytea not null,
    saved_at timestamptz not null,
    kept_until date not null,
    primary key (id),
    foreign key (officer_id) references officer (id)
);
create index ix_opening_draft_officer_id on opening_draft (officer_id);

alter table opening_draft enable row level security;
alter table opening_draft force row level security;
grant select, insert, delete on opening_draft to estafette_acts;
create policy own on opening_draft to estafette_acts
    using (officer_id = (select me()) and agency_id = (select my_agency()))
    with check (officer_id = (select me()) and agency_id = (select my_agency()));
grant select (id, kept_until), delete on opening_draft to estafette_record;
create policy record_all on opening_draft to estafette_record using (true);
