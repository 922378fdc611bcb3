-- What changed since a day is read by day, however long the history is. A report counts as news from the day it was entered, not from the day it
-- speaks of: one that is entered late would otherwise never be news to anybody.
alter table measure_reports add column entered_on {day};
update measure_reports set entered_on = given_on;
create index measure_reports_by_entry on measure_reports (entered_on, id);
create index measure_history_by_day on measure_history (on_day, id);
create index measure_notes_by_day on measure_notes (written_on, id);
create index measure_schedule_changes_by_time on measure_schedule_changes (recorded_at, id);
create index target_history_by_day on target_history (on_day, id);
