-- Who may work on a case: by name, by law, or for somebody on leave; and who may not.
create table exclusion (
    id uuid not null,
    case_id uuid not null,
    agency_id text not null,
    officer_id text not null,
    ground text not null,
    from_day date not null,
    ended_on date,
    primary key (id)
);
create index ix_exclusion_case_id on exclusion (case_id);
create index ix_exclusion_officer_id on exclusion (officer_id);
create table cover (
    id uuid not null,
    agency_id text not null,
    absent_id text not null,
    covering_id text not null,
    from_day date not null,
    until_day date not null,
    ended_on date,
    case_id uuid,
    primary key (id)
);
create index ix_cover_covering_id on cover (covering_id);
create table glass (
    id uuid not null,
    case_id uuid not null,
    agency_id text not null,
    officer_id text not null,
    ground text not null,
    from_at timestamptz not null,
    until_at timestamptz not null,
    outcome text,
    reviewed_on date,
    primary key (id)
);
create index ix_glass_case_id on glass (case_id);
create index ix_glass_officer_id on glass (officer_id);

-- The one place where rows become sight. Both walls and the record step ask here; the
-- walls in the name of whoever is connected, under the walls of these tables.
create function in_force(from_day date, until_day date, ended_on date, day date)
    returns boolean language sql immutable
    as $$ select from_day <= day and (until_day is null or until_day >= day)
        and (ended_on is null or ended_on > day) $$;

-- The mayor leads the inquiry, and has access to the file of the own commune.
create function mayor_of(who text, body text)
    returns boolean language sql stable
    as $$ select exists (
        select 1 from officer o join agency a on a.id = o.agency_id
        where o.id = who and a.id = body and a.kind = 'municipality'
            and 'mayor' = any(o.functions)) $$;

create function exclusions_of(who text, day date)
    returns table (case_id uuid) language sql stable
    as $$ select e.case_id from exclusion e
        where e.officer_id = who and in_force(e.from_day, null, e.ended_on, day) $$;

create function covers_of(who text, body text, day date)
    returns table (absent_id text, case_id uuid) language sql stable
    as $$ select c.absent_id, c.case_id from cover c
        where c.covering_id = who and c.agency_id = body
            and in_force(c.from_day, c.until_day, c.ended_on, day) $$;

-- What somebody is named for: directly, or in the place of an absent colleague. A cover
-- lends that colleague's own namings, so it is never passed on; an exclusion of either
-- takes the case away. Of all cases, or of one.
create function naming_of(who text, body text, day date, the_case uuid)
    returns table (case_id uuid, handoff_id uuid, officer_id text) language sql stable
    as $$
        select d.case_id, d.handoff_id, d.officer_id
        from (
            select who as officer_id, null::uuid as case_id
            union all
            select c.absent_id, c.case_id from covers_of(who, body, day) c
        ) n
        join designation d on d.officer_id = n.officer_id
            and (n.case_id is null or n.case_id = d.case_id)
        where d.agency_id = body
            and (the_case is null or d.case_id = the_case)
            and in_force(d.from_day, d.until_day, d.ended_on, day)
            and not exists (
                select 1 from exclusion e
                where e.case_id = d.case_id and e.officer_id in (who, d.officer_id)
                    and in_force(e.from_day, null, e.ended_on, day))
    $$;

-- Cases whose glass somebody broke, for the hours that it stays open.
create function glass_of(who text, body text, at timestamptz)
    returns table (case_id uuid) language sql stable
    as $$ select g.case_id from glass g
        where g.officer_id = who and g.agency_id = body
            and g.from_at <= at and at < g.until_at $$;
