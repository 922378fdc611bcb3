-- The contact log: who of the district spoke with whom about what, and which recommendations were given (4.1-g, 5.4.1, 5.4.1.1, 5.4.1.2, 5.4.1.6, 5.4.1.12).
create table exchanges (
    id           {id},
    kind         {text} not null check (kind in ('contact', 'recommendation')),
    held_on      {day} not null,
    topic        {text} not null,
    office       {text} not null,
    way          {text} not null check (way in ('meeting', 'visit', 'telephone', 'video', 'mail')),
    title_de     {text} not null,
    title_en     {text} not null default '',
    others       {text} not null default '',
    outcome      {text} not null default '',
    published    {bool} not null default true,
    evidence_key {text} not null default '',
    version      {int64} not null default 1,
    withdrawn_at {instant},
    sample       {bool} not null default false
);
create index exchanges_by_day on exchanges (held_on, id);

create table exchange_partners (
    exchange_id     {int64} not null references exchanges (id),
    organisation_id {int64} not null references organisations (id),
    primary key (exchange_id, organisation_id)
);
create index exchange_partners_by_organisation on exchange_partners (organisation_id);
