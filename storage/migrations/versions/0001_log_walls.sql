-- A percent sign is doubled, as the driver demands.
-- Walls around the log: who stages, who orders, who witnesses.
grant insert (id, body, leaf, staged_at) on ledger_staging
    to estafette_record, estafette_acts, estafette_ledger;
-- Reads, covers, and what auditors and the DPO of the own agency write; what acts prove
-- is written by the record step.
-- INVARIANT: nobody takes the id of an act, or two ids, or says that it erased; what
-- lies beside entries is shown by them. Nobody dates an entry back, so that the log's
-- retention would take the name of who read; the legal day of a demo runs ahead while
-- an entry is made.
create function is_of_today(said jsonb) returns boolean language sql stable as $$
    select (said->>'at')::timestamptz between legal_now() - interval '30 days'
        and legal_now() + interval '30 days' $$;
create policy write on ledger_staging for insert to estafette_acts
    with check ((select s->>'agency' = my_agency() and not s ? 'act' and is_of_today(s)
            and not s ? 'erased' and s->>'operation' <> 'erasure'
            and (s->>'id')::uuid = id and coalesce((s->>'case')::uuid, id) is not null
            and s->>'kind' in ('item.released', 'read.refused', 'list.shown',
                'case.sought', 'cover.arranged', 'cover.ended', 'finding.opened',
                'finding.answered', 'finding.followed', 'finding.closed',
                'honey.set', 'honey.lifted', 'statutory_list.made',
                'subject_request.recorded', 'subject_request.acknowledged',
                'subject_request.extended', 'subject_request.answered',
                'subject_request.closed')
        from said(body) s));

-- The integrator: reads what is staged, appends to the log, touches no case.
-- Whoever operates it says with its own role that the log is read.
grant select, delete on ledger_staging to estafette_ledger;
grant select on demo_clock to estafette_ledger;
grant select, insert on ledger_entry, ledger_tile_hash, ledger_checkpoint,
    ledger_timestamp, ledger_refused to estafette_ledger;
create policy ledger_all on ledger_refused to estafette_ledger using (true);
create policy ledger_all on ledger_staging to estafette_ledger using (true);
create policy ledger_all on ledger_entry to estafette_ledger using (true);
create policy ledger_all on ledger_tile_hash to estafette_ledger using (true);
create policy ledger_all on ledger_checkpoint to estafette_ledger using (true);
create policy ledger_all on ledger_timestamp to estafette_ledger using (true);

-- Witnesses: the integrator offers checkpoints and judges what was seen; the record
-- step takes in what the agencies' nodes say.
grant select, insert, delete on witness_offer to estafette_ledger;
grant select on witness, cosignature to estafette_ledger;
grant select, insert on contradiction to estafette_ledger;
grant select (id) on agency to estafette_ledger;
grant select on witness_offer to estafette_record;
grant select, insert on witness, cosignature to estafette_record;
grant update (key, seen, answered, refused, at) on witness to estafette_record;
grant select, insert on node_alarm to estafette_record;
grant update (over_at) on node_alarm to estafette_record;
grant select on node_alarm to estafette_ledger;
create policy ledger_sees on node_alarm for select to estafette_ledger using (true);
-- Nodes look for their receipts: hashes and places, and no entry.
-- The log's own retention finds what is due, by day, agency and case, and no entry.
grant select (seq, leaf, entry_id, act_id, case_id, agency_id, day) on ledger_entry
    to estafette_record;
grant select, insert on tombstone to estafette_record;
grant select on ledger_tile_hash to estafette_record;
create policy ledger_all on witness_offer to estafette_ledger using (true);
create policy ledger_sees on witness for select to estafette_ledger using (true);
create policy ledger_sees on cosignature for select to estafette_ledger using (true);
create policy ledger_all on contradiction to estafette_ledger using (true);
-- Public keys of witnesses are for everybody who verifies.
grant select (agency_id, key) on witness to estafette_acts;
create policy everyone on witness for select to estafette_acts using (true);
