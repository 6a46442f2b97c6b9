-- A percent sign is doubled, as the driver demands.
-- Walls around people: who sees who is named, excluded, covered or in an emergency.
grant select, insert, update on exclusion, cover, glass to estafette_record;
grant select on exclusion, cover, glass to estafette_acts;

create function i_set_to_work() returns boolean language sql stable
    as $$ select i_supervise() or mayor_of(me(), my_agency()) $$;

-- One's own, what one covers, and a case that is being looked at: `my_case` is set by
-- a statement that found it, and who may find it may know which colleagues work on it.
create policy own on designation for select to estafette_acts
    using (agency_id = my_agency()
        and in_force(from_day, until_day, ended_on, my_day())
        and (officer_id = me() or case_id = my_case()
            or exists (
                select 1 from covers_of(me(), my_agency(), my_day()) c
                where c.absent_id = designation.officer_id)));
create policy own on cover for select to estafette_acts
    using (agency_id = my_agency()
        and in_force(from_day, until_day, ended_on, greatest(from_day, my_day()))
        and (me() in (absent_id, covering_id) or (select i_set_to_work())));
-- One's own, because the walls read it in one's name; no list shows it to the excluded.
create policy own on exclusion for select to estafette_acts
    using (agency_id = my_agency() and in_force(from_day, null, ended_on, my_day())
        and (officer_id = me() or (select i_set_to_work())
            or exists (
                select 1 from covers_of(me(), my_agency(), my_day()) c
                where c.absent_id = exclusion.officer_id)));
create policy own on glass for select to estafette_acts
    using (agency_id = my_agency()
        and (officer_id = me() or (select i_set_to_work())));

-- INVARIANT: an exclusion beats every permission, on every table with rows of a case.
do $$
declare name text; which text;
begin
    for name, which in
        select table_name, column_name from information_schema.columns
        where table_schema = 'public' and table_name not in ('exclusion', 'cover')
            and (column_name = 'case_id'
                or (table_name = 'case_file' and column_name = 'id')) loop
        execute format(
            'create policy not_excluded on %%I as restrictive for select'
            ' to estafette_acts using (not exists ('
            'select 1 from exclusions_of(me(), my_day()) e where e.case_id = %%I.%%I))',
            name, name, which);
    end loop;
end $$;
