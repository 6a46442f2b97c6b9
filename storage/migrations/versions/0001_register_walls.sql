-- Walls around the central register: at its keeper, entries and what was filed are for
-- its registrars. INVARIANT: an entry is theirs as long as the keeper has what was filed.
create policy walls on register_entry for select to estafette_owner using (true);
create function my_register() returns table (filing_id uuid, case_id uuid)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 100
    as $$ select r.filing_id, r.case_id from register_entry r
        join audience a on a.item_id = r.filing_id and a.agency_id = r.keeper
        where r.keeper = my_agency()
            and exists (select 1 from officer o where o.id = me()
                and o.agency_id = my_agency() and 'registrar' = any(o.functions))
            and not exists (select 1 from my_exclusions() x
                where x.case_id = r.case_id) $$;

grant select on register_entry to estafette_acts;
create policy kept on register_entry for select to estafette_acts
    using (keeper = my_agency()
        and filing_id in (select r.filing_id from my_register() r));
create policy filed on register_entry for select to estafette_acts
    using (commune = my_agency()
        and exists (select 1 from case_file c where c.id = register_entry.case_id));
create policy registered on audience for select to estafette_acts
    using (agency_id = my_agency()
        and item_id in (select r.filing_id from my_register() r));
create policy registered on notice for select to estafette_acts
    using (agency_id = my_agency() and kind = 'register_entry'
        and function = 'registrar'
        and case_id in (select r.case_id from my_register() r));
