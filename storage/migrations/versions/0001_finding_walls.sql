-- A percent sign is doubled, as the driver demands.
-- Walls around findings: for the auditors of the two agencies, as far as they watch over
-- the one that it is about, and for the one officer who answers for it. Nobody else can
-- tell that there is one: no list, no count, no notice, no error.
create function watched_officers()
    returns table (officer_id text, agency_id text, functions text[])
    language sql stable security definer set search_path = public, pg_temp
    as $$ select o.id, o.agency_id, o.functions from officer o
        where o.agency_id in (select a.agency_id from my_audits() a) $$;

grant select, insert on finding, finding_step, paper, paper_key to estafette_acts;
grant update (state, due_on, told_on, outcome, closed_on, kept_until) on finding
    to estafette_acts;
create policy concerned on finding for select to estafette_acts
    using ((owner_id = me() and agency_id = my_agency())
        or (my_agency() in (auditor_id, agency_id)
            and agency_id in (select a.agency_id from my_audits() a)));
create policy open on finding for insert to estafette_acts
    with check (auditor_id = my_agency() and owner_id <> me() and state = 'open'
        and outcome is null and closed_on is null and told_on is null
        and due_on > (select legal_day())
        and exists (select 1 from watched_officers() o
            where o.officer_id = owner_id and o.agency_id = finding.agency_id));
create policy answer on finding for update to estafette_acts
    using (owner_id = me() and agency_id = my_agency() and state = 'open')
    with check (owner_id = me() and state = 'answered');
create policy follow on finding for update to estafette_acts
    using (auditor_id = my_agency() and state <> 'closed'
        and agency_id in (select a.agency_id from my_audits() a))
    with check (auditor_id = my_agency()
        and agency_id in (select a.agency_id from my_audits() a));
create policy known on finding_step for select to estafette_acts
    using (exists (select 1 from finding f where f.id = finding_step.finding_id));
create policy take on finding_step for insert to estafette_acts
    with check (agency_id = my_agency()
        and exists (select 1 from finding f where f.id = finding_step.finding_id));

-- INVARIANT: a text is sealed for these two agencies, and comes out against a release of
-- an earlier transaction only.
create policy write on paper for insert to estafette_acts
    with check (originator = my_agency()
        and exists (select 1 from finding f where f.id = paper.matter_id));
create policy released on paper for select to estafette_acts
    using (exists (select 1 from release r where r.item_id = paper.id)
        and exists (select 1 from finding f where f.id = paper.matter_id));
create policy write on paper_key for insert to estafette_acts
    with check (giver = my_agency() and exists (
        select 1 from finding f where f.id = paper_key.matter_id
            and paper_key.agency_id in (f.auditor_id, f.agency_id)));
create policy released on paper_key for select to estafette_acts
    using (agency_id = my_agency()
        and exists (select 1 from paper p where p.id = paper_key.paper_id));
create policy deliver_findings on key_delivery for insert to estafette_acts
    with check (giver = my_agency() and live and exists (
        select 1 from finding f where f.id = key_delivery.case_id
            and key_delivery.receiver in (f.auditor_id, f.agency_id)));
create policy of_findings on key_delivery for select to estafette_acts
    using (receiver = my_agency() and live and exists (
        select 1 from finding f where f.id = key_delivery.case_id));

-- A notice of a finding bears its id in the place of a case.
create policy of_findings on notice for select to estafette_acts
    using (agency_id = my_agency()
        and exists (select 1 from finding f where f.id = notice.case_id));
create policy findings_stay_hidden on notice as restrictive for select to estafette_acts
    using (left(kind, 8) <> 'finding_'
        or exists (select 1 from finding f where f.id = notice.case_id));
create policy tell_findings on notice for insert to estafette_acts
    with check (kind in ('finding_opened', 'finding_answered', 'finding_followed',
            'finding_closed') and deadline_id is null and exists (
        select 1 from finding f where f.id = notice.case_id
            and notice.agency_id in (f.auditor_id, f.agency_id)));

-- What is overdue is told, and what was kept long enough destroyed, by the record step.
-- Coordination holds the rows against their entries, and tells when a term is missed.
grant select on finding, finding_step, honey, paper, paper_key to estafette_record;
grant update (told_on) on finding to estafette_record;
-- Who answered goes with the texts.
grant update (owner_id) on finding to estafette_record;
grant update (service_number) on finding_step to estafette_record;
grant delete on paper, paper_key to estafette_record;

-- Which items are watched is for the auditors of one agency; handlers and originators see
-- no trace of it.
grant select, insert on honey to estafette_acts;
grant update (lifted_at) on honey to estafette_acts;
create policy own on honey for select to estafette_acts
    using (auditor_id = my_agency() and exists (select 1 from my_audits()));
create policy watch on honey for insert to estafette_acts
    with check (auditor_id = my_agency() and lifted_at is null
        and exists (select 1 from entries_of_item(item_id)));
create policy lift on honey for update to estafette_acts
    using (auditor_id = my_agency() and exists (select 1 from my_audits()));
