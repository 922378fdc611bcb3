-- Filters an account starts with, and forms of measures that come again.
alter table measure_filters add column is_default {bool} not null default false;

-- What a municipality proposes again and again: the fields of a measure with places to fill ("{jahr}", "{ort}").
create table measure_templates (
    id           {id},
    name         {text} not null,
    fields       {text} not null,
    changed_at   {instant} not null,
    withdrawn_at {instant},
    sample       {bool} not null default false
);

-- Singular and plural share their search key from here on: what was kept with the old ones is written anew at the next start.
delete from measure_words;
update clauses set search_text = '';
update organisations set search = '';
