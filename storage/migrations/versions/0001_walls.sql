-- A percent sign is doubled, as the driver demands.
-- The second wall: which rows a role sees, and what it may write.
-- Every table is walled; what has no policy for a role does not exist for it.
do $$
declare name text;
begin
    for name in select tablename from pg_tables
        where schemaname = 'public' and tablename <> 'alembic_version' loop
        execute format('alter table %%I enable row level security', name);
        execute format('alter table %%I force row level security', name);
        execute format(
            'create policy record_all on %%I to estafette_record using (true)', name);
    end loop;
end $$;

-- The record step: procedure and content rows, but not the ordered log.
grant select, insert, update, delete on
    case_file, designation, deadline, timeline, notice, handoff, item, item_body,
    item_key, audience, key_delivery, release, ruling, hearing, decision, appeal,
    register_entry, intent, alarm, retention_due, node_order, demo_clock, ledger_salt,
    subject_salt, list_page, sighting,
    release_request, staged_wrap, existence, guarded, number_token
    to estafette_record;
grant select on agency, officer to estafette_record;
grant update (statement, certificates) on agency to estafette_record;
grant select, insert, update on in_use to estafette_record;

-- The texts of the sharing rules are public, and written once by whoever uses them.
grant select, insert on policy_set to estafette_record, estafette_acts;
create policy everyone on policy_set for select using (true);
create policy write on policy_set for insert to estafette_acts with check (true);

-- Agencies are public; only the owner writes the directory.
grant select on agency, officer, demo_clock to estafette_acts;
create policy everyone on agency for select using (true);
-- Outside their agency officers have no names. Before somebody has signed in, the
-- directory is read to find out who that is.
create policy colleagues on officer for select to estafette_acts
    using (my_agency() is null or agency_id = my_agency());
create policy everyone on demo_clock for select using (true);
-- Those who are named, covered, excluded or in an emergency: for what the walls ask.
create policy walls on designation for select to estafette_owner using (true);
create policy walls on exclusion for select to estafette_owner using (true);
create policy walls on cover for select to estafette_owner using (true);
create policy walls on glass for select to estafette_owner using (true);
create policy walls on audience for select to estafette_owner using (true);
create policy walls on intent for select to estafette_owner using (true);
create policy walls on item for select to estafette_owner using (true);
create policy walls on ledger_staging for select to estafette_owner using (true);
create policy walls on ledger_salt for select to estafette_owner using (true);
create policy walls on list_page for select to estafette_owner using (true);
create policy seeding on agency to estafette_owner using (true);
create policy seeding on officer to estafette_owner using (true);
create policy seeding on ledger_staging for insert to estafette_owner with check (true);
create policy seeding on ledger_salt for insert to estafette_owner with check (true);

-- The acts: stage intents and sealed content, read what the officer may know of.
-- The outcome tells where the case stands: that is for the process, not for partners.
grant select (act_id, case_id, kind, officer_id, agency_id, purpose, message,
    asked, stored_at, legal_at, state, settled_at) on intent to estafette_acts;
-- When it was stored is for the database to say: a term may hang on it.
grant insert (act_id, case_id, kind, officer_id, agency_id, purpose, message,
    asked, state) on intent to estafette_acts;
-- An emergency is declared by somebody who knows nothing yet, in an agency that was
-- given something.
create function may_stage(kind text, the_case uuid)
    returns boolean language sql stable
    as $$ select kind = 'case.open'
        or exists (select 1 from case_file c where c.id = the_case)
        or exists (select 1 from handoff h where h.case_id = the_case)
        or (kind = 'case.break_glass' and i_was_given(the_case)) $$;
grant update (settled_at) on intent to estafette_acts;
create policy own_select on intent for select to estafette_acts
    using (officer_id = me() and agency_id = my_agency());
create policy own_insert on intent for insert to estafette_acts
    with check (officer_id = me() and agency_id = my_agency()
        and state = 'staged' and outcome is null and settled_at is null
        and kind = message->>'kind'
        and may_stage(kind, case_id));
create policy own_settle on intent for update to estafette_acts
    using (officer_id = me() and agency_id = my_agency() and state <> 'staged');

-- Who sees a case is who is named for the whole of it: by name, for somebody on leave,
-- or by law; who broke the glass; and superiors, whom it shows procedure and terms of
-- the agency's own work. Items stay hidden from those: they ask for a designation.
grant select on designation to estafette_acts;
-- Its version counts what a hub asks of others as well: that is not for the lead.
grant select (id, route, pack_version, pack_digest, agency_id, stage, activity,
    permit_regime, opened_on, closed_on, outcome, next_due, next_clock,
    appeal_open, secrecy)
    on case_file to estafette_acts;
create policy known on case_file for select to estafette_acts
    using (agency_id = my_agency() and ((select i_see_all())
        or exists (select 1 from my_cases() c where c.case_id = case_file.id)));

-- On which day data of the own agency end is told to who sees their case.
grant select (case_id, agency_id, rule, due_on, state) on retention_due
    to estafette_acts;
create policy known on retention_due for select to estafette_acts
    using (agency_id = my_agency()
        and exists (select 1 from case_file c where c.id = retention_due.case_id));

-- What a kind of agency may be told of cases that it has no part in. Of an invisible
-- case there is no row: nothing is found, as fast as of one that never was.
-- INVARIANT: it is told against the entry of the question, of an earlier transaction.
grant select on existence to estafette_acts;
create policy told on existence for select to estafette_acts
    using (case_id = (select i_asked_about())
        and told = (select a.kind from agency a where a.id = my_agency()));

grant select on handoff to estafette_acts;
create policy asked on handoff for select to estafette_acts
    using (asked = my_agency());
create policy asker on handoff for select to estafette_acts
    using (asker = my_agency() and (
        exists (select 1 from case_file c where c.id = handoff.case_id)
        or exists (
            select 1 from my_namings() n
            where n.handoff_id in (handoff.id, handoff.parent_id))
        or exists (
            select 1 from my_glasses() g
            where g.case_id = handoff.case_id)));

create policy supervised on handoff for select to estafette_acts
    using (asker = my_agency() and (select i_supervise()));

-- Where a guarded question stands is for those of the asked agency who work on it, and
-- for their superiors (LVP 45).
grant select on guarded to estafette_acts;
create policy asked on guarded for select to estafette_acts
    using (agency_id = my_agency() and ((select i_supervise())
        or exists (
            select 1 from my_namings() n
            where n.case_id = guarded.case_id and n.handoff_id is null)
        or exists (
            select 1 from my_namings() n
            where n.handoff_id = guarded.handoff_id)));

grant select, insert on item to estafette_acts;
grant insert on item_body, item_key, key_delivery to estafette_acts;
grant select on audience, item_body, item_key, key_delivery to estafette_acts;
-- That the own agency was given something is for those who are named for that.
create policy own on audience for select to estafette_acts
    using (agency_id = my_agency()
        and (((select i_lead())
                and exists (select 1 from case_file c where c.id = audience.case_id))
            or exists (
                select 1 from my_namings() n
                where n.case_id = audience.case_id and n.handoff_id is null)
            or exists (
                select 1 from my_namings() n
                where n.case_id = audience.case_id
                    and n.handoff_id = audience.handoff_id)
            or exists (
                select 1 from my_glasses() g
                where g.case_id = audience.case_id)));
create policy stage on item for insert to estafette_acts
    with check (originator = my_agency() and state = 'staged');
create policy known on item for select to estafette_acts
    using (state <> 'staged'
        and exists (select 1 from audience a
            where a.item_id = item.id and a.agency_id = my_agency()));

-- INVARIANT: body and key come out only against a release of an earlier transaction.
grant select on release to estafette_acts;
grant insert (id, item_id, agency_id, officer_id, purpose, ruling_id, entry_id, at)
    on release to estafette_acts;
create policy own_insert on release for insert to estafette_acts
    with check (officer_id = me() and agency_id = my_agency());
create policy earlier on release for select to estafette_acts
    using (id = my_release() and officer_id = me() and agency_id = my_agency()
        and txid is distinct from pg_current_xact_id_if_assigned()::text::bigint);
-- Items of such a release that may still be known, by the walls of whoever asks. As a
-- setting keeps it from being inlined, they are planned once, and not with every query.
create function my_released() returns table (item_id uuid)
    language sql stable set search_path = public, pg_temp
    cost 10000 rows 10
    as $$ select i.id from release r join item i on i.id = r.item_id $$;
create policy stage on item_body for insert to estafette_acts with check (true);
create policy released on item_body for select to estafette_acts
    using (exists (
        select 1 from my_released() r where r.item_id = item_body.item_id));
-- INVARIANT: keys come with the act that stages their items, or a key that is refused
-- because there is one already would tell who else holds an item.
create policy stage on item_key for insert to estafette_acts
    with check (giver = my_agency() and exists (
        select 1 from my_drafts() d where d.item_id = item_key.item_id));
create policy released on item_key for select to estafette_acts
    using (agency_id = my_agency() and exists (
        select 1 from my_released() r where r.item_id = item_key.item_id));
create policy stage on key_delivery for insert to estafette_acts
    with check (giver = my_agency() and not live);
create policy mine on key_delivery for select to estafette_acts
    using (receiver = my_agency() and live and exists (
        select 1 from audience a
        where a.case_id = key_delivery.case_id and a.agency_id = my_agency()));

grant select on deadline, hearing, decision, appeal, notice to estafette_acts;
-- A function of its own, as few terms are of an item: else the policies of items and
-- of their audience would be planned with every question for terms.
create function i_know_the_term_of(the_item uuid, body text) returns boolean
    language plpgsql stable set search_path = public, pg_temp cost 10000
    as $$ begin return exists (select 1 from item i where i.id = the_item
        and my_agency() in (i.originator, body)); end $$;
create policy known on deadline for select to estafette_acts
    using (case when item_id is not null then i_know_the_term_of(item_id, agency_id)
        when handoff_id is null
        then exists (select 1 from case_file c where c.id = deadline.case_id)
        else exists (select 1 from handoff h where h.id = deadline.handoff_id) end);
create policy known on hearing for select to estafette_acts
    using (exists (select 1 from case_file c where c.id = hearing.case_id));
create policy known on decision for select to estafette_acts
    using (exists (select 1 from case_file c where c.id = decision.case_id));
create policy known on appeal for select to estafette_acts
    using (exists (select 1 from case_file c where c.id = appeal.case_id));
create policy mine on notice for select to estafette_acts
    using (agency_id = my_agency()
        and function in (select unnest(o.functions) from officer o where o.id = me())
        and case
        when function = 'supervisor' then true
        when handoff_id is null
            then exists (select 1 from case_file c where c.id = notice.case_id)
        else exists (select 1 from handoff h where h.id = notice.handoff_id) end);

grant select on timeline to estafette_acts;
-- Lines without a handoff by others are erasures: they would tell who holds data.
create policy known on timeline for select to estafette_acts
    using (case when handoff_id is null
        then agency_id = my_agency()
            and exists (select 1 from case_file c where c.id = timeline.case_id)
        else (not inside or (agency_id = my_agency() and exists (
                select 1 from guarded g where g.handoff_id = timeline.handoff_id)))
            and exists (select 1 from handoff h where h.id = timeline.handoff_id) end);

-- Who saw an item: superiors see the officers of their own agency, and of others that
-- opened what their agency gave. What others merely see in a list stays theirs.
-- The officer is not theirs to read: colleagues have names in the directory. That a
-- guarded question was opened is unseen until it is answered (LVP 45).
grant insert on sighting to estafette_acts;
grant select (item_id, entry_id, case_id, originator, agency_id, function,
    service_number, kind, at) on sighting to estafette_acts;
create policy note on sighting for insert to estafette_acts
    with check (officer_id = me() and agency_id = my_agency());
create policy supervised on sighting for select to estafette_acts
    using ((select i_supervise()) and (agency_id = my_agency()
        or (originator = my_agency() and kind = 'item.released'
            and (inside is null or exists (select 1 from handoff h
                where h.id = sighting.inside and h.state = 'answered')))));

-- Why they opened it: the word of the closed list that stands in the entry. Of the own
-- agency alone: why others look is theirs, and would tell that somebody checks on them.
create function reasons_to_open(item uuid) returns table (entry_id uuid, reason text)
    language sql stable security definer set search_path = public, pg_temp rows 10
    as $$ select e.entry_id, said(e.body)->>'detail' from ledger_entry e
        where (select i_supervise()) and e.agency_id = my_agency()
            and e.kind = 'item.released'
            and e.item_ids @> jsonb_build_array(item)
            and not exists (select 1 from item i join my_exclusions() x
                on x.case_id = i.case_id where i.id = item) $$;

grant insert on list_page to estafette_acts;
create policy write on list_page for insert to estafette_acts with check (true);
grant insert on ruling, ledger_salt, subject_salt to estafette_acts;
create policy write on ruling for insert to estafette_acts with check (true);
create policy write on ledger_salt for insert to estafette_acts with check (true);
create policy write on subject_salt for insert to estafette_acts with check (true);
