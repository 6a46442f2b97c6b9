-- A percent sign is doubled, as the driver demands.
-- Walls around the blind index: an agency has its own tokens, of items it may know. A
-- staged item is seen by nobody, so its tokens are written before anybody sees them.
grant select, insert on number_token to estafette_acts;
create policy own on number_token for select to estafette_acts
    using (agency_id = my_agency()
        and exists (select 1 from item i where i.id = number_token.item_id));
create policy write on number_token for insert to estafette_acts
    with check (agency_id = my_agency());
