-- What must stay current: who is asked, until when, and who confirmed it last. Shared by contacts, offers, leaflets, rates.
create table confirmation_subjects (
    id            {id},
    kind          {text} not null,
    record        {text} not null,
    title         {text} not null,
    office        {text} not null default '',
    email         {text} not null default '',
    interval_days {int64} not null check (interval_days between 1 and 3660),
    due_on        {day} not null,
    reminded_on   {day},
    escalated_on  {day},
    dropped_at    {instant},
    sample        {bool} not null default false,
    unique (kind, record)
);
create index confirmation_subjects_by_due on confirmation_subjects (due_on);

-- The proof: confirmed on, by which office or organisation, never by whom.
create table confirmations (
    id           {id},
    subject_id   {int64} not null references confirmation_subjects (id),
    confirmed_on {day} not null,
    by_whom      {text} not null,
    how          {text} not null check (how in ('link', 'page')),
    changed      {bool} not null default false,
    made_at      {instant} not null
);
create index confirmations_by_subject on confirmations (subject_id, confirmed_on);
