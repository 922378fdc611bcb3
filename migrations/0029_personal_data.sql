-- Who looked at whose personal data: once a day and page, however often it is opened. viewer 0 is the command line, person 0 everybody of a list.
create table personal_data_views (
    id        {id},
    on_day    {day} not null,
    viewer_id {int64} not null,
    person_id {int64} not null,
    what      {text} not null,
    unique (on_day, viewer_id, person_id, what)
);
create index personal_data_views_by_person on personal_data_views (person_id, on_day);

-- Days after which something is removed, where an administrator has set others than the program ships with.
create table retention_settings (
    rule {text} not null primary key,
    days {int64} not null check (days between 1 and 36500)
);
