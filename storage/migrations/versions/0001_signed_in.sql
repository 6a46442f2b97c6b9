-- Who is signed in on the pages. A token is known by its hash only, and the pages
-- believe a row by its seal, whose key the database never sees.
create table signed_in (
    id bytea not null,
    officer_id text not null,
    strength text not null,
    signed_in_at timestamptz not null,
    proven_at timestamptz not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null,
    provider_session text not null,
    seal bytea not null,
    primary key (id),
    foreign key (officer_id) references officer (id)
);
create index ix_signed_in_officer_id on signed_in (officer_id);

alter table signed_in enable row level security;
alter table signed_in force row level security;
grant select, insert, delete on signed_in to estafette_acts;
grant update (seen_at) on signed_in to estafette_acts;

create function my_token() returns bytea language sql stable
    as $$ select decode(current_setting('app.token', true), 'hex') $$;

-- A row is there for whoever shows its token, and for its officer, who may end it. Pages
-- of one agency neither sign in anybody else nor see that somebody did.
create policy shown on signed_in to estafette_acts
    using (id = (select my_token()) and may_be(officer_id))
    with check (id = (select my_token()) and may_be(officer_id));
create policy own on signed_in for select to estafette_acts
    using (officer_id = (select me()));
create policy sign_out on signed_in for delete to estafette_acts
    using (officer_id = (select me()));

-- The same asked in one trip, as each page asks it first: whoever has the token's hash
-- finds its row.
create function who_shows(token bytea) returns setof signed_in
    language sql stable security definer set search_path = public, pg_temp rows 1
    as $$ select * from signed_in s where s.id = token and may_be(s.officer_id) $$;
revoke execute on function who_shows from public;
grant execute on function who_shows to estafette_acts;

-- The owner, who writes the directory, ends what is left of whoever leaves it.
create policy leaving on signed_in to estafette_owner using (true);

-- The daily round forgets what is over, and sees no sign-in before.
grant select (ends_at), delete on signed_in to estafette_record;
create policy over on signed_in for select to estafette_record using (ends_at < now());
create policy forget on signed_in for delete to estafette_record
    using (ends_at < now());
