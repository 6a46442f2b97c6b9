-- A percent sign is doubled, as the driver demands.
-- What a coordinator counts: cases of which the lead lets coordinators be told route,
-- agency and stage, and questions in them. No id comes out: `number` tells the cases of
-- one answer apart and is drawn anew for the next.
create function i_coordinate() returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select 1 from officer o join agency a on a.id = o.agency_id
        where o.id = me() and o.agency_id = my_agency()
            and 'coordinator' = any(o.functions) and a.kind = 'coordinator') $$;
create policy walls on case_file for select to estafette_owner using (true);
create policy walls on existence for select to estafette_owner using (true);
create function my_coordinated()
    returns table (number bigint, agency_id text, route text, stage text)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 1000
    as $$ select row_number() over (order by random()), c.agency_id, c.route, c.stage
        from existence e join case_file c on c.id = e.case_id
        where i_coordinate() and e.told = 'coordinator' and e.mode = 'stub'
            and c.closed_on is null
            and not exists (select 1 from my_exclusions() x
                where x.case_id = e.case_id) $$;
create function my_coordinated_questions(since date) returns table (number bigint,
        route text, pack_version date, source text, asked text, state text,
        offered_at timestamptz, due_on date, closed_at timestamptz)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 1000
    as $$ select c.number, h.route, h.pack_version, h.source, h.asked, h.state,
            h.offered_at, h.due_on, h.closed_at
        from (select e.case_id, row_number() over (order by random()) as number
            from existence e where i_coordinate() and e.told = 'coordinator'
                and e.mode = 'stub' and not exists (select 1 from my_exclusions() x
                    where x.case_id = e.case_id)) c
            join handoff h on h.case_id = c.case_id
        where h.closed_at is null
            or (h.closed_at at time zone 'Europe/Brussels')::date >= since $$;
