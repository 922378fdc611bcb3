-- Plans (integration concepts), their clauses in versions, and the statements a clause makes. A clause of an adopted plan is never
-- changed: an amendment closes its validity and adds the next version. Every text is kept in German and, where translated, in English.
create table plans (
    id                {id},
    key               {text} not null unique,
    title_de          {text} not null,
    title_en          {text} not null default '',
    state             {text} not null default 'draft' check (state in ('draft', 'adopted')),
    valid_from        {day},
    valid_until       {day},
    adopted_on        {day},
    resolution        {text} not null default '',
    continues_plan_id {int64} references plans (id),
    published         {bool} not null,
    source_name       {text} not null default '',
    source_sha256     {text} not null default '',
    warnings          {text} not null default '',
    created_at        {instant} not null,
    check (state = 'draft' or valid_from is not null),
    check (valid_until is null or valid_from is not null)
);

create table clauses (
    id            {id},
    plan_id       {int64} not null references plans (id),
    parent_id     {int64} references clauses (id),
    number        {text} not null,
    kind          {text} not null default 'clause' check (kind in ('preamble', 'clause', 'annex')),
    position      {int64} not null,
    heading_de    {text} not null default '',
    heading_en    {text} not null default '',
    text_de       {text} not null default '',
    text_en       {text} not null default '',
    version       {int64} not null default 1,
    valid_from    {day},
    valid_until   {day},
    published     {bool} not null,
    -- The first version of the same clause: permanent links point at it, whatever version is valid.
    origin_id     {int64} references clauses (id),
    -- Headings and texts folded and stemmed (platform/search), for the full-text search.
    search_text   {text} not null default ''
);
create index clauses_by_plan on clauses (plan_id, position);
create index clauses_by_number on clauses (plan_id, number);
create index clauses_by_parent on clauses (parent_id);

create table statements (
    id                {id},
    clause_id         {int64} not null references clauses (id),
    key               {text} not null,
    position          {int64} not null,
    quote_de          {text} not null,
    quote_en          {text} not null default '',
    modality          {text} not null check (modality in ('obligation', 'conditional_obligation', 'power', 'effort', 'declaration')),
    state             {text} not null default 'proposed' check (state in ('proposed', 'confirmed')),
    rhythm            {text} not null default '' check (rhythm in ('', 'once', 'yearly', 'half_yearly', 'quarterly', 'monthly', 'weekly', 'two_yearly', 'standing', 'regular', 'on_request')),
    yearly_due        {text} not null default '',
    basis_modality    {text} not null default '',
    basis_bearers     {text} not null default '',
    basis_rhythm      {text} not null default '',
    bearer_words      {text} not null default '',
    counterpart_words {text} not null default '',
    -- "for example …, etc.": the list is open. And why nobody can be held to a statement, where somebody has said so.
    open_list         {bool} not null default false,
    vague_de          {text} not null default '',
    vague_en          {text} not null default '',
    unique (clause_id, key)
);
create index statements_by_clause on statements (clause_id, position);

create table statement_bearers (
    statement_id {int64} not null references statements (id),
    bearer_id    {int64} not null references bearers (id),
    role         {text} not null check (role in ('bearer', 'lead', 'counterpart')),
    position     {int64} not null default 0,
    primary key (statement_id, bearer_id, role)
);
create index statement_bearers_by_bearer on statement_bearers (bearer_id);

create table statement_dates (
    statement_id {int64} not null references statements (id),
    due_on       {day} not null,
    words        {text} not null default '',
    primary key (statement_id, due_on)
);

create table statement_quantities (
    id           {id},
    statement_id {int64} not null references statements (id),
    amount       {real} not null,
    unit         {text} not null,
    comparison   {text} not null check (comparison in ('at_least', 'at_most', 'exactly')),
    words        {text} not null default ''
);
create index statement_quantities_by_statement on statement_quantities (statement_id);

create table clause_lineage (
    clause_id      {int64} not null references clauses (id),
    relation       {text} not null check (relation in ('carried_over', 'amended', 'new', 'repealed', 'replaced', 'referred')),
    -- The clause of the predecessor; none where the clause is new.
    from_clause_id {int64} references clauses (id),
    note           {text} not null default '',
    unique (clause_id, relation, from_clause_id)
);
create index clause_lineage_by_origin on clause_lineage (from_clause_id);
