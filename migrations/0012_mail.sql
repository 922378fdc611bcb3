-- What the program does without being asked: who runs which periodic task until when, so that of several server processes one does it.
create table job_leases (
    name        {text} not null primary key,
    holder      {text} not null,
    until       {instant} not null,
    begun_at    {instant} not null,
    finished_at {instant},
    failure     {text} not null default ''
);

-- One-time links: only the hash of the token stands here, so a stolen database opens none. What a link is for (purpose) and about (record) is
-- said by whoever issues it.
create table one_time_links (
    token_hash {text} not null primary key,
    purpose    {text} not null,
    record     {text} not null,
    issued_at  {instant} not null,
    expires_at {instant} not null,
    spent_at   {instant},
    revoked_at {instant}
);
create index one_time_links_by_record on one_time_links (purpose, record);

-- Mail goes out from here, and this is also its log. The texts are blanked once a mail is done with: they may hold one-time links. Messages of one
-- topic for one recipient leave as one mail: sent_with names the first of them.
create table mail_outbox (
    id             {id},
    recipient      {text} not null,
    recipient_name {text} not null default '',
    language       {text} not null,
    subject        {text} not null,
    body_text      {text} not null,
    body_html      {text} not null default '',
    topic          {text} not null default '',
    once_key       {text} unique,
    state          {text} not null default 'queued' check (state in ('queued', 'sent', 'given_up', 'withheld')),
    queued_at      {instant} not null,
    due_at         {instant} not null,
    attempts       {int64} not null default 0,
    claimed_until  {instant},
    finished_at    {instant},
    sent_with      {int64} references mail_outbox (id),
    failure        {text} not null default ''
);
create index mail_outbox_due on mail_outbox (state, due_at);
create index mail_outbox_by_recipient on mail_outbox (recipient, topic, state);

-- How mail leaves the house; the password is kept in a file, never here.
create table mail_settings (
    name  {text} not null primary key,
    value {text} not null
);

-- Where an account's own mail goes. An address belongs to one account.
alter table accounts add column email {text} not null default '';
create unique index accounts_by_email on accounts (email) where email <> '';
