-- Mailing lists by topic. Nobody is on one who has not confirmed by a link sent to the address (Art. 7 GDPR); the consent is kept as it was given.
create table mailing_lists (
    id         {id},
    key        {text} not null unique,
    title_de   {text} not null,
    title_en   {text} not null default '',
    purpose_de {text} not null,
    purpose_en {text} not null default '',
    open       {bool} not null default true,
    closed_on  {day},
    version    {int64} not null default 1,
    sample     {bool} not null default false
);

create table mailing_subscribers (
    id           {id},
    list_id      {int64} not null references mailing_lists (id),
    email        {text} not null,
    email_key    {text} not null,
    language     {text} not null,
    consent      {text} not null,
    asked_by     {text} not null check (asked_by in ('self', 'office')),
    asked_at     {instant} not null,
    confirmed_at {instant},
    left_at      {instant},
    left_by      {text} not null default '' check (left_by in ('', 'self', 'office')),
    sample       {bool} not null default false
);
-- An address is on a list once; what it agreed to before it left stays as proof for a while.
create unique index mailing_subscribers_by_address on mailing_subscribers (list_id, email_key) where left_at is null;

create table mailing_messages (
    id           {id},
    list_id      {int64} not null references mailing_lists (id),
    subject_de   {text} not null,
    subject_en   {text} not null default '',
    text_de      {text} not null,
    text_en      {text} not null default '',
    written_at   {instant} not null,
    sent_at      {instant},
    recipients   {int64},
    withdrawn_at {instant},
    version      {int64} not null default 1,
    sample       {bool} not null default false
);
create index mailing_messages_by_list on mailing_messages (list_id, id);

-- RFC 8058: a mail to many says in its head where one click ends it.
alter table mail_outbox add column unsubscribe {text} not null default '';
