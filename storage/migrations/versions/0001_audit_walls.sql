-- A percent sign is doubled, as the driver demands.
-- Walls around the trail: an auditor sees what officers of the own agency did, and of
-- those that the directory lets it watch over. Nobody else's, but of what all run on:
-- the agency of that is called `estafette`, as none in the directory is.
-- An agency knows who watches over it, and an auditor over whom.
grant select on oversight to estafette_acts;
create policy concerned on oversight for select to estafette_acts
    using (my_agency() in (auditor_id, agency_id));
create policy seeding on oversight to estafette_owner using (true);

create function my_audits() returns table (agency_id text)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 20
    as $$ select a.id from (select id from agency union all select 'estafette') a
        where exists (select 1 from officer o where o.id = me()
            and o.agency_id = my_agency() and 'auditor' = any(o.functions))
        and (a.id in (my_agency(), 'estafette') or exists (select 1 from oversight s
            where s.auditor_id = my_agency() and s.agency_id = a.id)) $$;

grant select on ledger_entry, ledger_checkpoint, ledger_timestamp, ledger_tile_hash,
    cosignature, ledger_salt, subject_salt, tombstone, ruling, list_page
    to estafette_acts;
create policy audited on ledger_entry for select to estafette_acts
    using (agency_id in (select a.agency_id from my_audits() a));
create policy audited on ledger_checkpoint for select to estafette_acts
    using (exists (select 1 from my_audits()));
create policy audited on cosignature for select to estafette_acts
    using (exists (select 1 from my_audits()));
create policy audited on ledger_timestamp for select to estafette_acts
    using (exists (select 1 from my_audits()));
create policy audited on ledger_tile_hash for select to estafette_acts
    using (exists (select 1 from my_audits()));
create policy audited on ledger_salt for select to estafette_acts
    using (exists (select 1 from ledger_entry e where e.leaf = ledger_salt.leaf));
create policy audited on subject_salt for select to estafette_acts
    using (exists (select 1 from ledger_entry e where e.leaf = subject_salt.leaf));
create policy audited on tombstone for select to estafette_acts
    using (exists (select 1 from ledger_entry e where e.leaf = tombstone.leaf));
-- A holder's auditor sees who signed that the keys of its data are destroyed.
grant select (scope, holder) on node_order to estafette_acts;
create policy audited on node_order for select to estafette_acts
    using (kind = 'destroy_keys' and holder in (select a.agency_id from my_audits() a));
create policy audited on ruling for select to estafette_acts
    using (exists (select 1 from ledger_entry e
        where e.entry_id = ruling.act_id or e.act_id = ruling.act_id));
create policy audited on list_page for select to estafette_acts
    using (exists (select 1 from ledger_entry e
        where e.entry_id = list_page.entry_id));
-- By a number an auditor finds ids only, and by the index of the own agency.
create policy audited on number_token for select to estafette_acts
    using (agency_id = my_agency()
        and agency_id in (select a.agency_id from my_audits() a));
create policy audited on sighting for select to estafette_acts
    using (agency_id in (select a.agency_id from my_audits() a));

-- Behind a wall the database cannot use the index of items. The numbers are of entries
-- that the auditor sees: others would tell how often, and when, strangers touched it.
-- Who is kept out of its case finds none, be they of the case or of no one case.
create function entries_of_item(item uuid) returns setof bigint
    language sql stable security definer set search_path = public, pg_temp rows 100
    as $$ select e.seq from ledger_entry e
        where e.item_ids @> jsonb_build_array(item)
        and e.agency_id in (select a.agency_id from my_audits() a)
        and not exists (select 1 from my_exclusions() x
            where x.case_id = e.case_id or x.case_id = (
                select i.case_id from item i where i.id = item)) $$;

-- Items that those entries name and whose ids lie between two, for whoever gives the
-- start of one. What is no item any more is found by its whole id.
create function items_of_trail(first uuid, last uuid) returns setof uuid
    language sql stable security definer set search_path = public, pg_temp rows 10
    as $$ select i.id from (select id from item where id between first and last
            union select first where first = last) i
        where exists (select 1 from entries_of_item(i.id)) $$;

-- A proof needs hashes of entries that are not the auditor's to read. They tell how many
-- there are, which the size of the tree tells as well.
create policy walls on ledger_entry for select to estafette_owner using (true);
create function log_leaves(firsts bigint[], lengths bigint[])
    returns table (number bigint, seq bigint, leaf bytea)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select run.number, e.seq, e.leaf
        from unnest(firsts, lengths) with ordinality as run (first, length, number)
        join ledger_entry e on e.seq >= run.first and e.seq < run.first + run.length
        where session_user in ('estafette_ledger', 'estafette_record', 'estafette_link')
            or exists (select 1 from my_audits()) $$;
