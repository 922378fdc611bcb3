-- Long lists that are written to a file: ordered from one server process, written by any, watched and fetched from any. A process that died loses its
-- list by the clock, and another one begins it anew. Lists go an hour after they were ordered.
create table measure_exports (
    id         {text} not null primary key,
    account_id {int64},
    query      {text} not null,
    audience   {text} not null check (audience in ('everybody', 'internal')),
    on_day     {day} not null,
    format     {text} not null check (format in ('csv', 'xlsx')),
    total      {int64} not null,
    done       {int64} not null default 0,
    state      {text} not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    holder     {text} not null default '',
    held_until {instant},
    attempts   {int64} not null default 0,
    ordered_at {instant} not null
);
create index measure_exports_by_state on measure_exports (state, ordered_at);
create table measure_export_pieces (
    export_id {text} not null references measure_exports (id) on delete cascade,
    number    {int64} not null,
    bytes     {blob} not null,
    primary key (export_id, number)
);
