-- Organisations of every kind. What they are called and what they belong to changes with time and stands in organisation_names; the columns here
-- repeat the latest of it, so that lists need no join. An organisation never goes: it ends, or is merged into another.
create table organisations (
    id             {id},
    key            {text} not null unique,
    kind           {text} not null check (kind in ('body', 'unit', 'subordinate_institution', 'district_company', 'municipality', 'provider', 'chamber',
                                                   'jobcenter', 'employment_agency', 'authority', 'housing_company', 'school', 'university',
                                                   'migrant_self_organisation', 'association', 'company', 'other')),
    name_de        {text} not null,
    name_en        {text} not null default '',
    short_de       {text} not null default '',
    short_en       {text} not null default '',
    part_of_id     {int64} references organisations (id),
    bearer_key     {text} not null default '',
    ags            {text} not null default '',
    street         {text} not null default '',
    postal_code    {text} not null default '',
    city           {text} not null default '',
    website        {text} not null default '',
    languages      {text} not null default '',
    from_on        {day},
    until_on       {day},
    merged_into_id {int64} references organisations (id),
    published      {bool} not null default true,
    search         {text} not null,
    sort_key       {text} not null,
    version        {int64} not null default 1,
    sample         {bool} not null default false,
    check (until_on is null or from_on is null or until_on >= from_on)
);
create index organisations_by_sort_key on organisations (sort_key, id);
create index organisations_by_part on organisations (part_of_id);

-- From a day on it is called this and belongs there; the first row begins on 1000-01-01: as long as anybody remembers.
create table organisation_names (
    id              {id},
    organisation_id {int64} not null references organisations (id),
    from_on         {day} not null,
    name_de         {text} not null,
    name_en         {text} not null default '',
    short_de        {text} not null default '',
    short_en        {text} not null default '',
    part_of_id      {int64} references organisations (id),
    reason          {text} not null default '',
    unique (organisation_id, from_on)
);

-- Where an organisation can be reached: by a function ("office of the chair"), or by a person who agreed to it.
create table contact_points (
    id              {id},
    organisation_id {int64} not null references organisations (id),
    kind            {text} not null check (kind in ('function', 'person')),
    label_de        {text} not null,
    label_en        {text} not null default '',
    person          {text} not null default '',
    email           {text} not null default '',
    email_key       {text} not null default '',
    phone           {text} not null default '',
    topic           {text} not null default '',
    from_on         {day},
    until_on        {day},
    published       {bool} not null default false,
    evidence_key    {text} not null default '',
    withdrawn_at    {instant},
    sample          {bool} not null default false
);
create index contact_points_by_organisation on contact_points (organisation_id, id);
-- One address reaches one place.
create unique index contact_points_by_email on contact_points (email_key) where email_key <> '' and withdrawn_at is null;

-- Art. 7 GDPR: consent for one field and one purpose, from a day until it is withdrawn.
create table contact_consents (
    id           {id},
    contact_id   {int64} not null references contact_points (id),
    field        {text} not null check (field in ('person', 'email', 'phone')),
    purpose      {text} not null,
    given_on     {day} not null,
    withdrawn_on {day},
    check (withdrawn_on is null or withdrawn_on >= given_on)
);
create index contact_consents_by_contact on contact_consents (contact_id);
