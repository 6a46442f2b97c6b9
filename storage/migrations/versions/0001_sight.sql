-- A percent sign is doubled, as the driver demands.
-- Who is connected, and what the walls ask about that. Settings guard against our own
-- mistakes; empty or missing: no rows.
-- An agency's own pages connect as a role of their own, a member of estafette_acts, whose
-- name says the agency. INVARIANT: no setting lets it be another's, or anybody of another.
-- In a language that is not inlined, it costs those nothing who are bound to none.
create function may_be(officer text) returns boolean language plpgsql stable as $$
    declare body text := substring(session_user from '^estafette_acts_at_(.+)$');
    begin
        return body is null or starts_with(officer, body || '/');
    end $$;
create function settings_may_be() returns boolean language plpgsql stable as $$
    declare body text := substring(session_user from '^estafette_acts_at_(.+)$');
    begin
        return body is null or (body = current_setting('app.agency', true)
            and may_be(current_setting('app.officer', true)));
    end $$;
create function me() returns text language sql stable
    as $$ select case when session_user = 'estafette_acts' or settings_may_be()
        then nullif(current_setting('app.officer', true), '') end $$;
-- INVARIANT: every wall asks for the agency, so without an officer nothing is seen.
create function my_agency() returns text language sql stable
    as $$ select case when me() is not null
        then nullif(current_setting('app.agency', true), '') end $$;
create function my_entry() returns uuid language sql stable
    as $$ select nullif(current_setting('app.entry', true), '')::uuid $$;
create function my_release() returns uuid language sql stable
    as $$ select nullif(current_setting('app.release', true), '')::uuid $$;

-- What the walls ask. Each is answered once for a statement, in the name of whoever is
-- connected but with the owner's eyes: else every policy would be planned again with all
-- the policies of the tables that it reads. INVARIANT: no argument names a person, so that
-- nobody asks for somebody else; and which day it is says the database, so that nobody
-- sees by the namings of yesterday.
create function i_supervise() returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select 1 from officer o where o.id = me()
        and o.agency_id = my_agency() and 'supervisor' = any(o.functions)) $$;
create function i_lead() returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select mayor_of(me(), my_agency()) $$;
-- Who sees every case of the agency: its mayor, by law, as `mayor_of` says, and superiors.
-- One query, not `i_lead() or i_supervise()`, as every wall around cases asks it.
create function i_see_all() returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (
        select 1 from officer o join agency a on a.id = o.agency_id
        where o.id = me() and a.id = my_agency() and ('supervisor' = any(o.functions)
            or (a.kind = 'municipality' and 'mayor' = any(o.functions)))) $$;
-- The one case that a transaction is about, if it says so: somebody is named for hundreds.
-- INVARIANT: it narrows what is seen and never widens it.
create function only_case() returns uuid language sql stable
    as $$ select nullif(current_setting('app.case', true), '')::uuid $$;
-- Who and when is asked once, not again for every naming: hence the offset.
create function my_namings() returns table (case_id uuid, handoff_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 100
    as $$ select n.case_id, n.handoff_id
        from (select me() as who, my_agency() as body, legal_day() as day,
                only_case() as the_case offset 0)
            as asked,
            naming_of(asked.who, asked.body, asked.day, asked.the_case) n $$;
create function my_covers() returns table (absent_id text, case_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 10
    as $$ select c.absent_id, c.case_id
        from covers_of(me(), my_agency(), legal_day()) c $$;
create function my_exclusions() returns table (case_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 10
    as $$ select e.case_id from exclusions_of(me(), legal_day()) e $$;
create function my_glasses() returns table (case_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 10
    as $$ select g.case_id from glass_of(me(), my_agency(), legal_now()) g $$;
-- Cases that are seen whole by who is named for them, by name or for somebody on leave,
-- or who broke the glass.
create function my_cases() returns table (case_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 100
    as $$ select n.case_id from my_namings() n where n.handoff_id is null
        union all select g.case_id from my_glasses() g $$;
-- Items that this transaction stages with an act of the officer's.
create function my_drafts() returns table (item_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 10
    as $$ select i.id from intent t join item i on i.act_id = t.act_id
        where t.stored_at = now() and t.settled_at is null and t.officer_id = me()
            and i.originator = my_agency() and i.state = 'staged' $$;
-- What an emergency asks of a case that its officer does not see: was anything given?
create function i_was_given(the_case uuid) returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select 1 from audience a
            where a.case_id = the_case and a.agency_id = my_agency())
        and not exists (select 1 from my_exclusions() e
            where e.case_id = the_case) $$;
-- INVARIANT: a release has an entry, written with it, that names the item, itself or by
-- what a page showed, and commits to the officer. Rows come in any order: hence deferred.
create function is_noted() returns trigger
    language plpgsql security definer set search_path = public, pg_temp
    as $$ begin
        if not exists (select 1 from ledger_staging e, said(e.body) s
            where e.id = new.entry_id and s->>'agency' = new.agency_id
                and ((s->>'kind' = 'item.released' and s->'items' ? new.item_id::text)
                    or (s->>'kind' = 'list.shown' and exists (
                        select 1 from list_page p where p.entry_id = e.id
                            and p.shown->'rows' ? new.item_id::text)))
                and exists (select 1 from ledger_salt p where p.leaf = e.leaf
                    and p.kind = 'officer' and p.officer_id = new.officer_id)) then
            raise insufficient_privilege using message = 'release without an entry';
        end if;
        return null;
    end $$;
create constraint trigger noted after insert on release
    deferrable initially deferred for each row execute function is_noted();
-- The case whose existence an entry of an earlier transaction asks about.
create function i_asked_about() returns uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$ select (s->>'case')::uuid from ledger_staging e, said(e.body) s
        where e.id = my_entry() and s->>'kind' = 'case.sought'
            and s->>'agency' = my_agency()
            and e.txid is distinct from pg_current_xact_id_if_assigned()::text::bigint
        union all
        select e.case_id from ledger_entry e where e.entry_id = my_entry()
            and e.kind = 'case.sought' and e.agency_id = my_agency() $$;
