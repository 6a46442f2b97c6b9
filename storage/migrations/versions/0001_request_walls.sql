-- A percent sign is doubled, as the driver demands.
-- Walls around requests of data subjects: the DPO of the agency that was asked, and
-- nobody else. Who asked is sealed; the row has right, regime and days.
grant select, insert on subject_request, subject_request_step to estafette_acts;
grant update (state, due_on, extended, told_on, outcome, limit_code, closed_on,
    kept_until) on subject_request to estafette_acts;
create policy own on subject_request for select to estafette_acts
    using (agency_id = my_agency() and (select i_protect_data()));
create policy record on subject_request for insert to estafette_acts
    with check (agency_id = my_agency() and (select i_protect_data())
        and state = 'open' and extended = 0 and outcome is null and told_on is null
        and closed_on is null and received_on <= (select legal_day()));
create policy go_on on subject_request for update to estafette_acts
    using (agency_id = my_agency() and (select i_protect_data()) and state <> 'closed')
    with check (agency_id = my_agency());
create policy known on subject_request_step for select to estafette_acts
    using (exists (select 1 from subject_request r
        where r.id = subject_request_step.request_id));
create policy take on subject_request_step for insert to estafette_acts
    with check (exists (select 1 from subject_request r
        where r.id = subject_request_step.request_id));
create policy write_request on paper for insert to estafette_acts
    with check (originator = my_agency() and exists (
        select 1 from subject_request r where r.id = paper.matter_id));
create policy released_request on paper for select to estafette_acts
    using (exists (select 1 from release r where r.item_id = paper.id)
        and exists (select 1 from subject_request r where r.id = paper.matter_id));
create policy write_request on paper_key for insert to estafette_acts
    with check (giver = my_agency() and agency_id = my_agency() and exists (
        select 1 from subject_request r where r.id = paper_key.matter_id));

-- A notice of a request bears its id in the place of a case.
create policy of_requests on notice for select to estafette_acts
    using (agency_id = my_agency() and function = 'dpo'
        and exists (select 1 from subject_request r where r.id = notice.case_id));
-- A term that nears its end is told, and what was kept long enough destroyed, by the
-- record step; coordination holds the rows against their entries.
grant select on subject_request, subject_request_step to estafette_record;
grant update (told_on) on subject_request to estafette_record;

-- What the agency holds in cases in which a number stands: kind, giver, regime and day
-- of an item, and no content. INVARIANT: of intelligence data nothing is told, not even
-- that there is any (LVP 45): with and without, the answer is the same, so a number that
-- stands in them alone leads to no case. Who is kept out of a case finds none of it.
-- Until when the law limits what is said is the day of the decision to its own agency,
-- and the closing to those who were asked.
create policy walls on number_token for select to estafette_owner using (true);
create policy walls on decision for select to estafette_owner using (true);
create function my_holdings(number_asked bytea)
    returns table (case_id uuid, item_id uuid, kind text, originator text,
        regime text, added_on date, decided_on date)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 100
    as $$ select a.case_id, i.id, h->>'kind', i.originator,
            h->'handling'->>'regime', i.added_on,
            case when c.agency_id = my_agency() then least(c.closed_on, (
                select min(d.adopted_on) from decision d where d.case_id = c.id))
            else c.closed_on end
        from audience a join item i on i.id = a.item_id
            join case_file c on c.id = a.case_id, said(i.header) h
        where i_protect_data() and a.agency_id = my_agency() and i.state = 'live'
            and h->'handling'->>'regime' <> 'intelligence'
            and a.case_id in (select n.case_id from number_token n
                join item told on told.id = n.item_id, said(told.header) t
                where n.agency_id = my_agency() and n.token = number_asked
                    and t->'handling'->>'regime' <> 'intelligence')
            and not exists (select 1 from my_exclusions() x
                where x.case_id = a.case_id) $$;
