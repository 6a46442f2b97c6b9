-- Walls around the central register: at its keeper, entries and what was filed are for
-- its registrars. INVARIANT: an entry is theirs as long as the keeper has what was filed.
-- Asked row by row: a register grows for ever, and a page shows few of its entries.
create policy walls on register_entry for select to estafette_owner using (true);
create function i_keep_register() returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select 1 from officer o where o.id = me()
        and o.agency_id = my_agency() and 'registrar' = any(o.functions)) $$;
create function keeper_has(filing uuid) returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select 1 from audience a
        where a.item_id = filing and a.agency_id = my_agency()) $$;
create function is_in_register(filing uuid) returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select 1 from register_entry r
        where r.filing_id = filing and r.keeper = my_agency()
            and not exists (select 1 from my_exclusions() x
                where x.case_id = r.case_id)) $$;

grant select on register_entry to estafette_acts;
create policy kept on register_entry for select to estafette_acts
    using (keeper = my_agency() and (select i_keep_register())
        and case_id not in (select x.case_id from my_exclusions() x)
        and keeper_has(filing_id));
create policy filed on register_entry for select to estafette_acts
    using (commune = my_agency()
        and exists (select 1 from case_file c where c.id = register_entry.case_id));
create policy registered on audience for select to estafette_acts
    using (agency_id = my_agency() and (select i_keep_register())
        and is_in_register(item_id));
create policy registered on notice for select to estafette_acts
    using (agency_id = my_agency() and kind = 'register_entry'
        and function = 'registrar' and (select i_keep_register())
        and exists (select 1 from register_entry r where r.case_id = notice.case_id));
