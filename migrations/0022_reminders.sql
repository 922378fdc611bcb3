-- Days after a missed deadline on which office, head of the unit, officer and council learn of it; absent ones are as the program ships.
create table reminder_settings (
    name {text} not null primary key,
    days {int64} not null check (days between 1 and 365)
);
