-- What dies with data about their subjects, and what stands where something was erased.
create table subject_salt (
    leaf bytea not null,
    item_id uuid not null,
    case_id uuid,
    agency_id text not null,
    seal text not null,
    salt bytea not null,
    primary key (leaf, item_id)
);
create index ix_subject_salt_item_id on subject_salt (item_id);
create table tombstone (
    leaf bytea not null,
    part text not null,
    erasure uuid not null,
    place integer not null,
    erased_on date not null,
    primary key (leaf, part)
);
create index ix_tombstone_erasure on tombstone (erasure, place);
create index ix_tombstone_part on tombstone (part);
