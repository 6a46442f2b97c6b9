-- Addresses at which calendars of officers ask for terms; they show a token as browsers
-- do. Whoever leaves leaves none behind.
create table calendar_feed (
    officer_id text not null,
    token bytea not null,
    ends_at timestamptz not null,
    seal bytea not null,
    primary key (officer_id),
    foreign key (officer_id) references officer (id) on delete cascade
);
create unique index ux_calendar_feed_token on calendar_feed (token);

alter table calendar_feed enable row level security;
alter table calendar_feed force row level security;
grant select, insert, delete on calendar_feed to estafette_acts;
grant update (token, ends_at, seal) on calendar_feed to estafette_acts;

create policy own on calendar_feed to estafette_acts
    using (officer_id = (select me())) with check (officer_id = (select me()));
create policy shown on calendar_feed for select to estafette_acts
    using (token = (select my_token()));

create policy leaving on calendar_feed to estafette_owner using (true);

-- The daily round forgets what is over, and sees no address before.
grant select (ends_at), delete on calendar_feed to estafette_record;
create policy over on calendar_feed for select to estafette_record
    using (ends_at < now());
create policy forget on calendar_feed for delete to estafette_record
    using (ends_at < now());
