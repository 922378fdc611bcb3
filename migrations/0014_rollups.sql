-- Roll-ups are kept period by period: a new entry of the ledger makes only the periods anew that it touches, so the ledger is asked for single
-- periods, for what holds on a day, and for one subject. Roll-ups of an older format are made anew when the server starts.
alter table evidence add column period {text} not null default '';  -- the attribute of that name
-- only sqlite
update evidence set period = coalesce(json_extract(attributes, '$.period'), '');
-- end only
-- only postgres
update evidence set period = coalesce(attributes::json ->> 'period', '');
-- end only
create index evidence_by_period on evidence (kind, period, occurred_on);
create index evidence_by_end on evidence (kind, until_on, occurred_on);
create index evidence_by_subject on evidence (kind, subject);

delete from duty_rollups;
alter table duties add column rolled_up {int64} not null default 0;  -- format of the roll-ups kept for it; 0: none
