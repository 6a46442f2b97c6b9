-- A percent sign is doubled, as the driver demands.
-- Walls around statutory lists: the DPO sees the subject cards of the own agency, where
-- it consulted what, and the lists made of that. Nobody else sees a list.
create function i_protect_data() returns boolean
    language sql stable security definer set search_path = public, pg_temp
    as $$ select exists (select 1 from officer o where o.id = me()
        and o.agency_id = my_agency() and 'dpo' = any(o.functions)) $$;
create function my_subjects() returns table (item_id uuid, added_on date)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 1000
    as $$ select i.id, i.added_on from item i
        where i_protect_data() and i.originator = my_agency() and i.state = 'live'
            and said(i.header)->>'kind' = 'subject_card' $$;
create function my_consultations()
    returns table (source text, asked text, case_id uuid, day date)
    language sql stable security definer set search_path = public, pg_temp
    cost 10000 rows 1000
    as $$ select h.source, h.asked, h.case_id,
            (h.offered_at at time zone 'Europe/Brussels')::date
        from handoff h where i_protect_data() and h.asker = my_agency()
        union all
        select said(i.header)->>'source', i.originator, i.case_id, i.added_on
        from item i where i_protect_data() and i.originator = my_agency()
            and i.handoff_id is null and i.state <> 'staged'
            and said(i.header)->>'source' is not null $$;
create policy walls on handoff for select to estafette_owner using (true);

create policy listed on audience for select to estafette_acts
    using (agency_id = my_agency() and (select i_protect_data())
        and item_id in (select s.item_id from my_subjects() s));
grant select, insert on statutory_list to estafette_acts;
create policy own on statutory_list for select to estafette_acts
    using (agency_id = my_agency() and (select i_protect_data()));
create policy make on statutory_list for insert to estafette_acts
    with check (agency_id = my_agency() and (select i_protect_data()));
create policy write_list on paper for insert to estafette_acts
    with check (originator = my_agency() and exists (
        select 1 from statutory_list l where l.id = paper.matter_id));
create policy released_list on paper for select to estafette_acts
    using (exists (select 1 from release r where r.item_id = paper.id)
        and exists (select 1 from statutory_list l where l.id = paper.matter_id));
create policy write_list on paper_key for insert to estafette_acts
    with check (giver = my_agency() and agency_id = my_agency() and exists (
        select 1 from statutory_list l where l.id = paper_key.matter_id));
-- Lists are destroyed on their day by the record step.
grant select on statutory_list to estafette_record;
