-- Whoever saves what somebody else changed in between is told so, instead of overwriting it.
alter table bearers add column version {int64} not null default 1;
alter table network_groups add column version {int64} not null default 1;
alter table group_meetings add column version {int64} not null default 1;

-- A deputation of the sample goes with the sample.
alter table office_deputations add column sample {bool} not null default false;
