-- Networks and working groups: who belongs, who sits for whom from when to when, who was invited, what it was given, and when it met.
create table network_groups (
    id             {id},
    key            {text} not null unique,
    kind           {text} not null check (kind in ('network', 'working_group', 'round')),
    title_de       {text} not null,
    title_en       {text} not null default '',
    purpose_de     {text} not null default '',
    purpose_en     {text} not null default '',
    lead           {text} not null default '',
    bearer         {text} not null default '',
    evidence_group {text} not null default '',
    proposal_kind  {text} not null default '',
    statement      {text} not null default '',
    from_on        {day},
    until_on       {day},
    published      {bool} not null default true,
    sample         {bool} not null default false
);

-- A seat is kept for somebody: always, by agreement, on recommendation, or as needed (4.1). Its key is what rules ask for.
create table group_seats (
    id           {id},
    group_id     {int64} not null references network_groups (id),
    key          {text} not null,
    title_de     {text} not null,
    title_en     {text} not null default '',
    basis        {text} not null check (basis in ('standing', 'agreement', 'recommendation', 'need')),
    kept_for     {text} not null default '',
    position     {int64} not null default 0,
    withdrawn_at {instant},
    sample       {bool} not null default false,
    unique (group_id, key)
);

create table seat_terms (
    id              {id},
    seat_id         {int64} not null references group_seats (id),
    from_on         {day} not null,
    until_on        {day},
    organisation_id {int64} references organisations (id),
    representative  {text} not null default '',
    substitute      {text} not null default '',
    note            {text} not null default '',
    evidence_key    {text} not null default '',
    withdrawn_at    {instant},
    sample          {bool} not null default false,
    check (until_on is null or until_on >= from_on)
);
create index seat_terms_by_seat on seat_terms (seat_id, from_on);

create table group_invitations (
    id              {id},
    group_id        {int64} not null references network_groups (id),
    organisation_id {int64} not null references organisations (id),
    sent_on         {day} not null,
    answer          {text} not null default 'open' check (answer in ('open', 'accepted', 'declined')),
    answered_on     {day},
    note            {text} not null default '',
    evidence_key    {text} not null default '',
    withdrawn_at    {instant},
    sample          {bool} not null default false
);
create index group_invitations_by_group on group_invitations (group_id, sent_on);

create table group_resources (
    id           {id},
    group_id     {int64} not null references network_groups (id),
    given_on     {day} not null,
    title_de     {text} not null,
    title_en     {text} not null default '',
    cents        {int64},
    evidence_key {text} not null default '',
    withdrawn_at {instant},
    sample       {bool} not null default false
);

create table group_meetings (
    id           {id},
    group_id     {int64} not null references network_groups (id),
    held_on      {day} not null,
    state        {text} not null check (state in ('planned', 'held', 'cancelled')),
    title_de     {text} not null,
    title_en     {text} not null default '',
    place        {text} not null default '',
    agenda       {text} not null default '',
    minutes      {text} not null default '',
    minutes_file {int64},
    minutes_name {text} not null default '',
    participants {int64},
    for_period   {text} not null default '',
    published    {bool} not null default true,
    evidence_key {text} not null default '',
    withdrawn_at {instant},
    sample       {bool} not null default false
);
create index group_meetings_by_group on group_meetings (group_id, held_on);

create table meeting_attendance (
    meeting_id      {int64} not null references group_meetings (id),
    organisation_id {int64} not null references organisations (id),
    present         {bool} not null,
    primary key (meeting_id, organisation_id)
);

create table meeting_tasks (
    id           {id},
    meeting_id   {int64} not null references group_meetings (id),
    title        {text} not null,
    bearer       {text} not null default '',
    due_on       {day},
    done_on      {day},
    withdrawn_at {instant}
);
create index meeting_tasks_by_meeting on meeting_tasks (meeting_id);
