-- Whoever bears a duty or is named in a statement: offices, bodies, units, partners. A person never stands here.
create table bearers (
    id         {id},
    key        {text} not null unique,
    kind       {text} not null check (kind in ('office', 'body', 'unit', 'subordinate_institution', 'district_company', 'network', 'municipality', 'partner')),
    name_de    {text} not null,
    name_en    {text} not null default '',
    short_de   {text} not null default '',
    short_en   {text} not null default '',
    part_of_id {int64} references bearers (id),
    feed       {bool} not null default false,
    sample     {bool} not null default false
);

-- Who holds an office, from a day to a day (both included). Ending a term is a change of until_on; a term entered by mistake is withdrawn.
create table office_holdings (
    id            {id},
    office_id     {int64} not null references bearers (id),
    from_on       {day} not null,
    until_on      {day},
    funded_until  {day},
    holder        {text} not null default '',
    deputy        {text} not null default '',
    sample        {bool} not null default false,
    withdrawn_at  {instant},
    check (until_on is null or until_on >= from_on)
);
create index office_holdings_by_office on office_holdings (office_id, from_on);
