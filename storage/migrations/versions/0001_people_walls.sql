-- A percent sign is doubled, as the driver demands.
-- Walls around people: who sees who is named, excluded, covered or in an emergency.
-- The daily round forgets them with the log.
grant select, insert, update, delete on exclusion, cover, glass to estafette_record;
grant select on exclusion, cover, glass to estafette_acts;

create function i_set_to_work() returns boolean language sql stable
    as $$ select i_see_all() $$;

-- A function of its own, so that each policy is not planned with those of both tables.
create function i_know(the_case uuid) returns boolean
    language plpgsql stable set search_path = public, pg_temp cost 10000
    as $$ begin return exists (select 1 from case_file c where c.id = the_case)
        or exists (select 1 from handoff h where h.case_id = the_case); end $$;
-- One's own, what one covers, and whoever may find a case may know which colleagues
-- work on it.
create policy own on designation for select to estafette_acts
    using (agency_id = my_agency()
        and in_force(from_day, until_day, ended_on, (select legal_day()))
        and (officer_id = me()
            or exists (
                select 1 from my_covers() c
                where c.absent_id = designation.officer_id
                    and (c.case_id is null or c.case_id = designation.case_id))
            or i_know(case_id)));
create policy own on cover for select to estafette_acts
    using (agency_id = my_agency() and ((select i_set_to_work())
        or (me() in (absent_id, covering_id)
            and in_force(from_day, until_day, ended_on,
                greatest(from_day, (select legal_day()))))));
-- Who is away is the agency's own affair and no act on a case: those who set people to
-- work write it themselves, for others, and only from today on.
grant insert on cover to estafette_acts;
grant update (ended_on) on cover to estafette_acts;
create policy arrange on cover for insert to estafette_acts
    with check (agency_id = my_agency() and (select i_set_to_work())
        and covering_id <> me() and covering_id <> absent_id
        and from_day >= (select legal_day()) and until_day >= from_day
        and ended_on is null
        and 2 = (select count(*) from officer o
            where o.id in (absent_id, covering_id) and o.agency_id = my_agency())
        and (case_id is null or (may_stage('officer.cover', case_id)
            and not exists (
                select 1 from exclusion e where e.case_id = cover.case_id
                    and e.officer_id in (absent_id, covering_id)))));
create policy end_early on cover for update to estafette_acts
    using (agency_id = my_agency() and (select i_set_to_work()))
    with check (ended_on = (select legal_day()));
-- One's own, because the walls read it in one's name; no list shows it to the excluded.
create policy own on exclusion for select to estafette_acts
    using (agency_id = my_agency()
        and in_force(from_day, null, ended_on, (select legal_day()))
        and (officer_id = me() or (select i_set_to_work())
            or exists (
                select 1 from my_covers() c
                where c.absent_id = exclusion.officer_id
                    and (c.case_id is null or c.case_id = exclusion.case_id))));
create policy own on glass for select to estafette_acts
    using (agency_id = my_agency()
        and (officer_id = me() or (select i_set_to_work())));

-- That somebody was kept out, or let in again, is no part of the story for the others.
create policy discreet on timeline as restrictive for select to estafette_acts
    using (kind not in ('case.exclude', 'case.recuse', 'case.readmit')
        or (select i_set_to_work()));

-- Who reads in an emergency tells those whose items are read, in the same transaction.
grant insert on notice to estafette_acts;
create policy tell on notice for insert to estafette_acts
    with check (kind = 'break_glass_read' and function = 'supervisor'
        and deadline_id is null and exists (
            select 1 from my_glasses() g
            where g.case_id = notice.case_id));

-- INVARIANT: an exclusion beats every permission, on every table with rows of a case.
do $$
declare name text; which text;
begin
    for name, which in
        select table_name, column_name from information_schema.columns
        where table_schema = 'public' and table_name <> 'exclusion'
            and (column_name = 'case_id'
                or (table_name = 'case_file' and column_name = 'id')) loop
        execute format(
            'create policy not_excluded on %%I as restrictive for select'
            ' to estafette_acts using (not exists ('
            'select 1 from my_exclusions() e where e.case_id = %%I.%%I))',
            name, name, which);
    end loop;
end $$;
-- Who ends a cover need not have read it.
create policy not_excluded_end on cover as restrictive for update to estafette_acts
    using (not exists (
        select 1 from my_exclusions() e where e.case_id = cover.case_id));
