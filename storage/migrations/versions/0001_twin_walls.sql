-- Walls around what both sides of a hand-off sign.
-- What became of it stays: only their words, and that one is late, are written after.
grant select, insert on handoff_twin to estafette_record;
grant update (word, told_at, refused, alarmed_at) on handoff_twin to estafette_record;

-- That a side signed is for who sees the hand-off. The word itself tells more: by whose
-- act a question ended that served a request.
grant select (handoff_id, step, side, case_id, agency_id, change, at, told_at)
    on handoff_twin to estafette_acts;
create policy known on handoff_twin for select to estafette_acts
    using (exists (select 1 from handoff h where h.id = handoff_twin.handoff_id));

-- An auditor sees as much as the agency that it watches over. The words themselves come
-- with an entry that the auditor sees, by a side of that hand-off and about it: an entry
-- that ended a question with its case would tell why. They are not columns to be read,
-- because the parties have the same role. Functions see past the walls, so each asks by
-- itself who is kept out of the case.
create policy walls on handoff_twin for select to estafette_owner using (true);
create function audited_words(leaves bytea[])
    returns table (leaf bytea, agency_id text, word text)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select r.leaf, r.agency_id, r.word from handoff_twin r
        join ledger_entry e on e.leaf = r.leaf
        where r.leaf = any(leaves)
        and said(e.body)->>'handoff' = r.handoff_id::text
        and e.agency_id in (select a.agency_id from my_audits() a)
        and exists (select 1 from handoff_twin s where s.handoff_id = r.handoff_id
            and s.step = r.step and s.agency_id = e.agency_id)
        and not exists (
            select 1 from my_exclusions() x where x.case_id = r.case_id) $$;
create function audited_missing(before timestamptz)
    returns table (handoff_id uuid, case_id uuid, step integer, change text,
        at timestamptz, side text, agency_id text, since timestamptz, refused boolean)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select r.handoff_id, r.case_id, r.step, r.change, r.at, r.side, r.agency_id,
            r.since, r.refused <> ''
        from handoff_twin r
        where r.word is null and (r.since <= before or r.refused <> '')
        and exists (select 1 from handoff_twin s join my_audits() a using (agency_id)
            where s.handoff_id = r.handoff_id and s.step = r.step)
        and not exists (
            select 1 from my_exclusions() x where x.case_id = r.case_id) $$;
