-- How many people may hold an office at once; where nothing stands: one.
create table office_details (
    office_id       {int64} not null primary key references bearers (id),
    holders_at_most {int64} not null default 1 check (holders_at_most >= 1)
);

-- What an office has to do, by the statement it comes from. `counts_as` is a second thing the office is held for ("council-office": 5.3.1).
create table office_tasks (
    id           {id},
    office_id    {int64} not null references bearers (id),
    title_de     {text} not null,
    title_en     {text} not null default '',
    plan_key     {text} not null default '',
    statement    {text} not null default '',
    counts_as    {text} not null default '',
    withdrawn_at {instant},
    sample       {bool} not null default false
);
create index office_tasks_by_office on office_tasks (office_id);

-- From when to when the deputy acts in place of the holder.
create table office_deputations (
    id           {id},
    office_id    {int64} not null references bearers (id),
    from_on      {day} not null,
    until_on     {day},
    reason       {text} not null default '',
    withdrawn_at {instant},
    check (until_on is null or until_on >= from_on)
);

-- A holder hands over: what was open on that day is kept as it was.
create table office_handovers (
    id        {id},
    office_id {int64} not null references bearers (id),
    last_day  {day} not null,
    first_day {day} not null,
    matters   {text} not null default '',
    note      {text} not null default '',
    made_at   {instant} not null
);

-- The evidence a term of office wrote (network.office_held), by what it is held for.
create table office_term_evidence (
    holding_id   {int64} not null references office_holdings (id),
    subject      {text} not null,
    evidence_key {text} not null,
    primary key (holding_id, subject)
);
