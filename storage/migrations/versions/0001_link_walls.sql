-- A percent sign is doubled, as the driver demands.
-- Walls around the process that serves agencies' nodes: what waits for the agency that
-- asks, and what comes of that. No content, no ruling, no intent, no act.
-- For which agency it answers, by the certificate. Nobody: it starts.
create function my_node() returns text language sql stable
    as $$ select nullif(current_setting('app.node', true), '') $$;

grant select on agency, demo_clock to estafette_link;
grant update (statement, certificates) on agency to estafette_link;
create policy node_states on agency for update to estafette_link using (id = my_node());

-- Case keys go from one agency to another, and both have to do with them.
grant select, delete on key_delivery to estafette_link;
grant update (sealed_key, broken) on key_delivery to estafette_link;
create policy node_carries on key_delivery to estafette_link
    using (live and my_node() in (giver, receiver));

grant select on node_order to estafette_link;
grant update (state, receipt, done_at, untold) on node_order to estafette_link;
create policy node_obeys on node_order to estafette_link using (agency_id = my_node());

-- A recall moves a term, and so the day on which its case is due, and by which clock.
-- While the order is open that case is there: its terms, and nothing of where it stands.
grant select (id, agency_id, next_due) on case_file to estafette_link;
grant update (next_due, next_clock) on case_file to estafette_link;
create policy node_gives_back on case_file to estafette_link
    using (exists (select 1 from node_order o where o.case_id = case_file.id
        and o.kind = 'recall_item' and o.state = 'open'));
grant select (id, case_id, item_id, agency_id, clock, state, due_on) on deadline
    to estafette_link;
grant update (state) on deadline to estafette_link;
-- Which clock says what was asked, so of others' terms those of the lead alone.
create policy node_counts on deadline for select to estafette_link
    using (exists (select 1 from case_file c where c.id = deadline.case_id
        and (c.agency_id = deadline.agency_id or deadline.agency_id = my_node())));
create policy node_gives_back on deadline for update to estafette_link
    using (agency_id = my_node() and item_id is not null);
-- The entry commits to the item by its signature.
grant select (id, signature, state) on item to estafette_link;
create policy node_gives_back on item for select to estafette_link
    using (exists (select 1 from node_order o where o.item_id = item.id
        and o.kind = 'recall_item' and o.state = 'open'));
grant insert on subject_salt to estafette_link;
create policy node_gives_back on subject_salt for insert to estafette_link
    with check (agency_id = my_node() and exists (
        select 1 from item i where i.id = subject_salt.item_id));

-- Erasures that the agency was ordered, while they are, none of them in the log itself;
-- and what it works with.
grant insert on timeline to estafette_link;
create policy node_obeyed on timeline for insert to estafette_link
    with check (agency_id = my_node() and kind in ('keys.destroyed', 'item.given_back')
        and exists (select 1 from node_order o
            where o.case_id = timeline.case_id and o.state = 'open'));
grant insert (id, body, leaf, staged_at) on ledger_staging to estafette_link;
create policy node_proves on ledger_staging for insert to estafette_link
    with check ((select (s->>'id')::uuid = id and not s ? 'act' and is_of_today(s)
        and not s ? 'erased' and case
        when s->>'agency' <> coalesce(my_node(), 'estafette') then false
        when s->>'kind' = 'deployment.started' then true
        when my_node() is null then false
        when s->>'kind' in ('keys.destroyed', 'item.given_back')
            then exists (select 1 from node_order o
                where o.case_id = (s->>'case')::uuid and o.state = 'open')
        else s->>'kind' in ('certificate.used', 'delivery_key.used', 'master_key.used',
            'witness_key.used') end
        from said(body) s));
grant select, insert on in_use to estafette_link;
grant update (value) on in_use to estafette_link;
create policy node_uses on in_use to estafette_link
    using (case when my_node() is null
        then (agency_id, kind, name) = ('estafette', 'deployment.started', 'link')
        else agency_id = my_node() end);

-- What the agency's witness and its watch say of the log; hashes and places of it.
grant select on witness_offer, ledger_tile_hash to estafette_link;
grant select (agency_id, key, answered) on witness to estafette_link;
grant select (agency_id, kind, leaf, since, over_at) on node_alarm to estafette_link;
grant insert on witness, cosignature, node_alarm to estafette_link;
grant update (key, seen, answered, refused, at) on witness to estafette_link;
grant update (over_at) on node_alarm to estafette_link;
grant select (seq, leaf) on ledger_entry to estafette_link;
create policy node_is_offered on witness_offer for select to estafette_link
    using (agency_id = my_node());
create policy node_witnesses on witness to estafette_link using (agency_id = my_node());
create policy node_witnesses on cosignature for insert to estafette_link
    with check (agency_id = my_node());
create policy node_warns on node_alarm to estafette_link using (agency_id = my_node());
create policy node_looks on ledger_entry for select to estafette_link using (true);
create policy node_looks on ledger_tile_hash for select to estafette_link using (true);

-- What became of hand-offs, and the agency's own word on it.
grant select on handoff_twin to estafette_link;
grant update (word, told_at, refused) on handoff_twin to estafette_link;
create policy node_signs on handoff_twin to estafette_link using (agency_id = my_node());
