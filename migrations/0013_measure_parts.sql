-- What belongs to a measure beside its form: attached files, what is discussed inside and said outside, and who as a person delivered evidence.
create table measure_files (
    id           {id},
    measure_id   {int64} not null references measures (id),
    file_id      {int64} not null references files (id),
    name         {text} not null,
    title        {text} not null,
    office       {text} not null default '',
    added_on     {day} not null,
    published    {bool} not null default false,
    withdrawn_at {instant}
);
create index measure_files_by_measure on measure_files (measure_id, id);

create table measure_notes (
    id           {id},
    measure_id   {int64} not null references measures (id),
    written_on   {day} not null,
    office       {text} not null default '',
    text         {text} not null,
    public       {bool} not null,
    withdrawn_at {instant}
);
create index measure_notes_by_measure on measure_notes (measure_id, id);

-- One person may act for two offices one after the other; what they delivered they do not accept.
alter table measure_deliveries add column delivered_account {int64};
alter table measure_milestones add column withdrawn_at {instant};

-- Which entries of the ledger an outcome was computed from.
create table target_counted (
    target_id {int64} not null references targets (id),
    evidence  {text} not null,
    primary key (target_id, evidence)
);
