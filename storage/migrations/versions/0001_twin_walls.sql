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
