-- Measures, what stands behind them, and their history. The state is stored, the grade is computed. Bearers, statements and targets are named by
-- their stable keys, which stay through corrections and new versions. Rows of histories are only ever added.
create table measures (
    id                   {id},
    key                  {text} not null unique,
    kind                 {text} not null check (kind in ('framework_goal', 'single', 'permanent', 'self_commitment')),
    state                {text} not null check (state in ('proposed', 'in_clarification', 'agreed', 'under_way', 'under_review', 'suspended', 'fulfilled',
                                                          'partly_fulfilled', 'not_fulfilled', 'rejected', 'repealed', 'replaced')),
    parent_id            {int64} references measures (id),
    title_de             {text} not null,
    title_en             {text} not null default '',
    working_name         {text} not null default '',
    description_de       {text} not null default '',
    description_en       {text} not null default '',
    internal_note        {text} not null default '',
    accountable          {text} not null default '',
    resolution           {text} not null default '',
    resolved_on          {day},
    starts_on            {day},
    ends_on              {day},
    rhythm               {text} not null default '' check (rhythm in ('', 'yearly', 'half_yearly', 'quarterly', 'monthly')),
    fresh_days           {int64},
    criterion_kind       {text} not null default '' check (criterion_kind in ('', 'yes_or_no', 'value')),
    criterion_de         {text} not null default '',
    criterion_en         {text} not null default '',
    goal_direction       {text} not null default 'at_least' check (goal_direction in ('at_least', 'at_most', 'exactly', 'within')),
    goal_thousandths     {int64} not null default 0,
    goal_upper           {int64},
    goal_unit            {text} not null default '',
    evidence_kind        {text} not null default '',
    evidence_fixed_on    {day},
    report_interval_days {int64} not null default 180,
    commitment           {text} not null default 'offered' check (commitment in ('offered', 'confirmed', 'withdrawn')),
    published            {bool} not null default false,
    sample               {bool} not null default false,
    version              {int64} not null default 1,
    created_at           {instant} not null,
    check (starts_on is null or ends_on is null or starts_on <= ends_on)
);
create index measures_by_state on measures (state, key);
create index measures_by_accountable on measures (accountable, key);
create index measures_by_end on measures (ends_on, key);
create index measures_by_parent on measures (parent_id);

create table measure_bearers (
    measure_id {int64} not null references measures (id),
    bearer     {text} not null,
    role       {text} not null check (role in ('joint', 'coworker')),
    primary key (measure_id, bearer)
);
create table measure_statements (
    measure_id {int64} not null references measures (id),
    plan       {text} not null,
    statement  {text} not null,
    primary key (measure_id, plan, statement)
);
create index measure_statements_by_statement on measure_statements (plan, statement, measure_id);
create table measure_target_links (
    measure_id {int64} not null references measures (id),
    target     {text} not null,
    primary key (measure_id, target)
);
-- Cycle-free: the store refuses a row that would close a circle.
create table measure_dependencies (
    measure_id {int64} not null references measures (id),
    needs_id   {int64} not null references measures (id),
    primary key (measure_id, needs_id),
    check (measure_id <> needs_id)
);

create table measure_resources (
    id              {id},
    measure_id      {int64} not null references measures (id),
    kind            {text} not null check (kind in ('budget', 'post_share', 'funded_project', 'in_kind', 'no_extra_means')),
    budget_line     {text} not null default '',
    source          {text} not null default '',
    year            {int64},
    planned_cents   {int64} check (planned_cents >= 0),
    spent_cents     {int64} check (spent_cents >= 0),
    post_permille   {int64} not null default 0,
    project         {text} not null default '',
    project_ends_on {day},
    description     {text} not null default '',
    confirmed_by    {text} not null default '',
    confirmed_on    {day},
    withdrawn_at    {instant}
);
create index measure_resources_by_measure on measure_resources (measure_id, id);

create table measure_milestones (
    id         {id},
    measure_id {int64} not null references measures (id),
    title_de   {text} not null,
    title_en   {text} not null default '',
    due_on     {day} not null,
    reached_on {day}
);
create index measure_milestones_by_measure on measure_milestones (measure_id, due_on, id);

create table measure_reports (
    id         {id},
    measure_id {int64} not null references measures (id),
    given_on   {day} not null,
    text       {text} not null,
    assessment {text} not null check (assessment in ('on_track', 'delayed', 'endangered', 'done')),
    percent    {int64} check (percent between 0 and 100),
    office     {text} not null default '',
    published  {bool} not null default false
);
create index measure_reports_by_measure on measure_reports (measure_id, given_on, id);

-- Evidence handed in for a measure, who accepted it and when it was withdrawn. Acceptance by the deliverer is refused by the rule and by the schema.
create table measure_deliveries (
    id           {id},
    measure_id   {int64} not null references measures (id),
    evidence     {text} not null unique,
    kind         {text} not null,
    delivered_by {text} not null,
    occurred_on  {day} not null,
    recorded_on  {day} not null,
    title_de     {text} not null default '',
    title_en     {text} not null default '',
    accepted_by  {text} not null default '',
    accepted_on  {day},
    withdrawn_on {day},
    withdrawn_reason {text} not null default '',
    check ((accepted_by = '') = (accepted_on is null)),
    check (accepted_by <> delivered_by)
);
create index measure_deliveries_by_measure on measure_deliveries (measure_id, occurred_on, id);

create table measure_history (
    id          {id},
    measure_id  {int64} not null references measures (id),
    on_day      {day} not null,
    from_state  {text} not null,
    to_state    {text} not null,
    move        {text} not null,
    by_office   {text} not null default '',
    reason      {text} not null default '',
    finding     {text} not null default '',
    record      {text} not null default '',
    resolution  {text} not null default '',
    grade       {text} not null,
    recorded_at {instant} not null
);
create index measure_history_by_measure on measure_history (measure_id, id);

-- The dates a measure had before a resolution moved them.
create table measure_schedule_changes (
    id          {id},
    measure_id  {int64} not null references measures (id),
    starts_on   {day},
    ends_on     {day},
    rhythm      {text} not null,
    fresh_days  {int64},
    resolution  {text} not null,
    resolved_on {day},
    recorded_at {instant} not null
);
create index measure_schedule_changes_by_measure on measure_schedule_changes (measure_id, id);

-- What the form held in each version, so that two people who edit at once see both and lose nothing.
create table measure_versions (
    measure_id {int64} not null references measures (id),
    version    {int64} not null,
    fields     {text} not null,
    primary key (measure_id, version)
);

-- The rule set and the two offices the rules speak of.
create table measure_settings (
    name  {text} not null primary key,
    value {text} not null
);

-- Targets of the advisory council, what each party was asked and answered, and what happened. Requests, opinions and history are only ever added.
create table targets (
    id                {id},
    key               {text} not null unique,
    state             {text} not null check (state in ('draft', 'in_consultation', 'ready', 'adjourned', 'rejected', 'resolved', 'in_force', 'replaced',
                                                       'reached', 'partly', 'missed', 'not_measurable')),
    plan              {text} not null default '',
    statement         {text} not null default '',
    title_de          {text} not null,
    title_en          {text} not null default '',
    text_de           {text} not null,
    text_en           {text} not null default '',
    goal_direction    {text} not null check (goal_direction in ('at_least', 'at_most', 'exactly', 'within')),
    goal_thousandths  {int64} not null,
    goal_upper        {int64},
    goal_unit         {text} not null,
    baseline          {int64},
    partly_from       {int64},
    due_on            {day} not null,
    counted_from      {day} not null,
    indicator         {text} not null default '',
    evidence_kind     {text} not null default '',
    decided_on        {day},
    meeting           {text} not null default '',
    resolution        {text} not null default '',
    votes_yes         {int64} not null default 0,
    votes_no          {int64} not null default 0,
    votes_abstained   {int64} not null default 0,
    in_force_on       {day},
    observed          {int64},
    override_outcome  {text} not null default '',
    override_computed {text} not null default '',
    override_reason   {text} not null default '',
    override_on       {day},
    replaced_by       {text} not null default '',
    published         {bool} not null default false,
    sample            {bool} not null default false,
    version           {int64} not null default 1,
    created_at        {instant} not null
);
create index targets_by_state on targets (state, key);

create table target_requests (
    id        {id},
    target_id {int64} not null references targets (id),
    party     {text} not null check (party in ('district_council', 'administration')),
    asked_on  {day} not null,
    answer_by {day} not null,
    proof     {text} not null default '',
    text_hash {text} not null
);
create index target_requests_by_target on target_requests (target_id, id);

create table target_opinions (
    id          {id},
    target_id   {int64} not null references targets (id),
    party       {text} not null check (party in ('district_council', 'administration')),
    received_on {day} not null,
    text        {text} not null default '',
    document_id {int64} references files (id),
    text_hash   {text} not null,
    late        {bool} not null
);
create index target_opinions_by_target on target_opinions (target_id, id);

create table target_history (
    id          {id},
    target_id   {int64} not null references targets (id),
    on_day      {day} not null,
    from_state  {text} not null,
    to_state    {text} not null,
    what        {text} not null,
    note        {text} not null default '',
    recorded_at {instant} not null
);
create index target_history_by_target on target_history (target_id, id);
