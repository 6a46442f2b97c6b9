-- A percent sign is doubled, as the driver demands.
-- Notices that leave the pages. Whether one is for an officer is asked of the wall of
-- notices when it leaves, in that officer's name: no second text says who may know.
create table notice_way (
    id uuid not null,
    officer_id text not null,
    kind text not null,
    address text not null,
    language text not null,
    primary key (id),
    foreign key (officer_id) references officer (id)
);
create index ix_notice_way_officer_id on notice_way (officer_id);
create table notice_parcel (
    id uuid not null,
    notice_id uuid not null,
    way_id uuid not null,
    state text not null,
    attempts integer not null,
    next_at timestamptz not null,
    sent_at timestamptz,
    fault text not null,
    primary key (id),
    foreign key (notice_id) references notice (id) on delete cascade,
    foreign key (way_id) references notice_way (id) on delete cascade
);
create unique index ux_notice_parcel_notice_way on notice_parcel (notice_id, way_id);
create index ix_notice_parcel_way_id on notice_parcel (way_id);
create index ix_notice_parcel_next_at on notice_parcel (next_at) where state = 'waiting';
create table notice_seen (
    officer_id text not null,
    until timestamptz not null,
    primary key (officer_id),
    foreign key (officer_id) references officer (id)
);

alter table notice_way enable row level security;
alter table notice_way force row level security;
alter table notice_parcel enable row level security;
alter table notice_parcel force row level security;
alter table notice_seen enable row level security;
alter table notice_seen force row level security;

-- An address is personal data: its officer alone sees it, and what sends.
grant select, insert, delete on notice_way to estafette_acts;
create policy own on notice_way to estafette_acts
    using (officer_id = (select me())) with check (officer_id = (select me()));
grant select on notice_way to estafette_record;
create policy record_all on notice_way for select to estafette_record using (true);

create policy leaving on notice_way to estafette_owner using (true);

-- A parcel shows to its officer while the notice does.
grant select on notice_parcel to estafette_acts;
grant update (state, attempts, next_at) on notice_parcel to estafette_acts;
create policy own on notice_parcel for select to estafette_acts
    using (exists (select 1 from notice_way w where w.id = notice_parcel.way_id)
        and exists (select 1 from notice n where n.id = notice_parcel.notice_id));
create policy again on notice_parcel for update to estafette_acts
    using (state = 'dead'
        and exists (select 1 from notice_way w where w.id = notice_parcel.way_id)
        and exists (select 1 from notice n where n.id = notice_parcel.notice_id))
    with check (state = 'waiting');
grant select, insert, update, delete on notice_parcel to estafette_record;
create policy record_all on notice_parcel to estafette_record using (true);

grant select, insert on notice_seen to estafette_acts;
grant update (until) on notice_seen to estafette_acts;
create policy own on notice_seen to estafette_acts
    using (officer_id = (select me())) with check (officer_id = (select me()));
