-- Lists of measures of any length. A page reads an index that holds the whole row of a list, in its order; how many there are is kept, not counted.
drop index measures_by_state;
drop index measures_by_accountable;
drop index measures_by_end;
drop index measures_in_order_of_end;
drop index measures_in_order_of_end_down;
drop index measures_in_order_of_title;
create index measures_in_order_of_key on measures (key, published, state, kind, accountable, ends_on);
create index measures_in_order_of_title on measures (title_de, key, published, state, kind, accountable, ends_on);
create index measures_in_order_of_end on measures ((ends_on is null), ends_on, key, published, state, kind, accountable);
create index measures_in_order_of_end_down on measures ((ends_on is null), ends_on desc, key desc, published, state, kind, accountable);
create index measures_in_order_of_state on measures (state, key, published, kind, accountable, ends_on);
create index measures_in_order_of_accountable on measures (accountable, key, published, state, kind, ends_on);
-- What is overdue is counted by a day: the one number that changes while nobody does anything.
create index measures_by_due on measures (state, published, ends_on, kind, accountable);
-- Most measures belong to none: an index of all of them says so 50,000 times, and a question for the children of one reads them all.
drop index measures_by_parent;
create index measures_by_parent on measures (parent_id) where parent_id is not null;
create index measure_dependencies_by_needs on measure_dependencies (needs_id);

create table measure_counts (
    published   {bool} not null,
    state       {text} not null,
    kind        {text} not null,
    accountable {text} not null,
    n           {int64} not null check (n >= 0),
    primary key (published, state, kind, accountable)
);
insert into measure_counts (published, state, kind, accountable, n)
select published, state, kind, accountable, count(*) from measures group by published, state, kind, accountable;

-- What a measure is found by: the words of its titles and the clauses it answers to, each with what lists are filtered by. Written at the next start.
drop table measure_words;
create table measure_terms (
    term        {text} not null,
    measure_id  {int64} not null references measures (id),
    published   {bool} not null,
    state       {text} not null,
    kind        {text} not null,
    accountable {text} not null,
    primary key (term, measure_id)
)
-- only sqlite
without rowid
-- end only
;
-- How many measures of a state have a term.
create index measure_terms_by_facets on measure_terms (term, published, state, kind, accountable);
create index measure_terms_by_measure on measure_terms (measure_id);
