-- Which directories were loaded, and what each of them brought: so that a second load is noticed, and an export gives the same back.
create table data_sets (
    id        {id},
    key       {text} not null unique,
    title_de  {text} not null,
    title_en  {text} not null default '',
    extends   {text} not null default '',
    sample    {bool} not null,
    loaded_at {instant} not null
);

create table data_set_records (
    data_set_id {int64} not null references data_sets (id),
    kind        {text} not null,
    key         {text} not null,
    primary key (data_set_id, kind, key)
);

create table municipalities (
    key        {text} not null primary key,
    name_de    {text} not null,
    name_en    {text} not null default '',
    ags        {text} not null default '',
    population {int64} not null default 0,
    website    {text} not null default ''
);

-- Key figures a plan itself states, and what has to fit between them.
create table key_figures (
    key           {text} not null primary key,
    plan_key      {text} not null default '',
    clause_number {text} not null default '',
    title_de      {text} not null,
    title_en      {text} not null default '',
    unit_de       {text} not null,
    unit_en       {text} not null default '',
    source_de     {text} not null default '',
    source_en     {text} not null default '',
    definition_de {text} not null default '',
    definition_en {text} not null default ''
);

-- A value in thousandths; none where the source says there is no such figure.
create table key_figure_values (
    figure_key {text} not null references key_figures (key),
    period     {text} not null,
    amount     {int64},
    note_de    {text} not null default '',
    note_en    {text} not null default '',
    primary key (figure_key, period)
);

create table key_figure_checks (
    key      {text} not null primary key,
    kind     {text} not null check (kind in ('share', 'product')),
    stated   {text} not null references key_figures (key),
    part     {text} not null references key_figures (key),
    whole    {text} not null references key_figures (key),
    decimals {int64} not null check (decimals >= 0)
);
