-- Status rounds: who was asked for which measure, who answered, who was reminded. A report given on any way answers the open requests of its measure.
create table status_rounds (
    id             {id},
    asked_on       {day} not null,
    answer_by      {day} not null,
    reminder_days  {text} not null,
    escalate_after {int64} not null check (escalate_after >= 1),
    note           {text} not null default '',
    sample         {bool} not null default false,
    created_at     {instant} not null,
    check (asked_on < answer_by)
);
create table status_requests (
    id           {id},
    round_id     {int64} not null references status_rounds (id),
    measure_id   {int64} not null references measures (id),
    office       {text} not null,
    report_id    {int64} references measure_reports (id),
    answered_on  {day},
    escalated_on {day},
    unique (round_id, measure_id)
);
create index status_requests_by_measure on status_requests (measure_id, id);
create table status_reminders (
    request_id {int64} not null references status_requests (id),
    sent_on    {day} not null,
    primary key (request_id, sent_on)
);

-- Where an office gets its mail: an address of the office, not of a person.
create table measure_contacts (
    office {text} not null primary key,
    mail   {text} not null
);

-- A partner was invited to commit itself; what it writes becomes a measure of its own. The address is blanked when the invitation has ended.
create table commitment_invitations (
    id         {id},
    partner    {text} not null,
    mail       {text} not null,
    language   {text} not null default 'de',
    invited_on {day} not null,
    measure_id {int64} references measures (id)
);
create index commitment_invitations_by_measure on commitment_invitations (measure_id);
