-- Duties: the rule is data (names and texts as in the data format), its origins are kept beside it. Plan, statement and bearer are named by
-- their keys, so that a corrected text imported again keeps its duties.
create table duties (
    id            {id},
    key           {text} not null unique,
    plan_key      {text} not null,
    statement_key {text} not null default '',
    clause_number {text} not null default '',
    title_de      {text} not null,
    title_en      {text} not null default '',
    bearer        {text} not null,
    joint         {text} not null default '[]',
    modality      {text} not null check (modality in ('obligation', 'conditional_obligation', 'power', 'effort', 'declaration')),
    valid_from    {day} not null,
    valid_until   {day},
    grace_days    {int64} not null default 0 check (grace_days >= 0),
    due_soon_days {int64} not null default 30 check (due_soon_days >= 0),
    reminder_days {text} not null default '[30,7]',
    rule          {text} not null,
    origins       {text} not null default '[]',
    depends_on    {text} not null default '[]',
    published     {bool} not null default false,
    sample        {bool} not null default false,
    check (valid_until is null or valid_until >= valid_from)
);
create index duties_by_plan on duties (plan_key, clause_number);

create table duty_waivers (
    id          {id},
    duty_id     {int64} not null references duties (id),
    period      {text} not null,
    reason_de   {text} not null,
    reason_en   {text} not null default '',
    resolution  {text} not null,
    decided_on  {day} not null,
    recorded_on {day} not null,
    recorded_by {int64},
    sample      {bool} not null default false,
    unique (duty_id, period)
);

create table duty_extensions (
    id          {id},
    duty_id     {int64} not null references duties (id),
    period      {text} not null,
    new_due     {day} not null,
    reason_de   {text} not null,
    reason_en   {text} not null default '',
    resolution  {text} not null,
    decided_on  {day} not null,
    recorded_on {day} not null,
    recorded_by {int64},
    sample      {bool} not null default false
);
create index duty_extensions_by_duty on duty_extensions (duty_id, period);

create table duty_explanations (
    id          {id},
    duty_id     {int64} not null references duties (id),
    period      {text} not null,
    text_de     {text} not null,
    text_en     {text} not null default '',
    given_on    {day} not null,
    recorded_by {int64},
    sample      {bool} not null default false
);
create index duty_explanations_by_duty on duty_explanations (duty_id, period);

-- What the ledger says of every period of every duty, kept in the transaction that changes the ledger; can always be made anew from it.
create table duty_rollups (
    duty_id {int64} not null references duties (id),
    period  {text} not null,
    begins  {day} not null,
    summary {text} not null,
    primary key (duty_id, period)
);
