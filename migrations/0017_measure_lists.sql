-- Lists of measures: the words they are found by, orders that need no sorting, files being read in, and filters people keep.
create table measure_words (
    word       {text} not null,
    measure_id {int64} not null references measures (id),
    primary key (word, measure_id)
);
create index measure_words_by_measure on measure_words (measure_id);
-- Measures without an end stand last, forwards and backwards.
create index measures_in_order_of_end on measures ((ends_on is null), ends_on, key);
create index measures_in_order_of_end_down on measures ((ends_on is null), ends_on desc, key desc);
create index measures_in_order_of_title on measures (title_de, key);

-- A file between its upload and the moment it is taken over; it goes with it, or after a week.
create table measure_uploads (
    id          {id},
    account_id  {int64} not null,
    name        {text} not null,
    content     {blob} not null,
    mapping     {text} not null,
    uploaded_at {instant} not null
);
-- Which column was which field, by the headings of the file.
create table measure_mappings (
    headings {text} not null primary key,
    mapping  {text} not null,
    saved_at {instant} not null
);
create table measure_filters (
    id         {id},
    account_id {int64} not null,
    name       {text} not null,
    query      {text} not null,
    created_at {instant} not null,
    unique (account_id, name)
);
