-- A percent sign is doubled, as the driver demands.
-- Walls around what an originator keeps in hand: grants, holders, recalls.
-- Who holds an item is for its originator to know, and for nobody else.
create policy given on audience for select to estafette_acts
    using (originator = my_agency() and agency_id <> my_agency() and (
        ((select i_lead())
            and exists (select 1 from case_file c where c.id = audience.case_id))
        or exists (
            select 1 from my_namings() n
            where n.case_id = audience.case_id)));
grant select on release_request to estafette_acts;
create policy parties on release_request for select to estafette_acts
    using (exists (select 1 from handoff h where h.id = release_request.handoff_id
        and (h.asker = my_agency()
            or exists (
                select 1 from my_namings() n
                where n.case_id = release_request.case_id))));
grant insert on staged_wrap to estafette_acts;
create policy stage on staged_wrap for insert to estafette_acts
    with check (giver = my_agency());
-- Holders see what was taken back from them; the originator sees who gave it back.
grant select (id, agency_id, case_id, kind, item_id, state, receipt, ordered_at,
    done_at, ground) on node_order to estafette_acts;
create policy recalled on node_order for select to estafette_acts
    using (exists (select 1 from item i where i.id = node_order.item_id
        and my_agency() in (i.originator, node_order.agency_id)));
