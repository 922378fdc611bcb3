-- Accounts, sessions and what guards the doors. A session or link is kept as its hash only; a door (an account name, an address) as a keyed
-- digest, so that neither names nor addresses of people stand here.
create table accounts (
    id            {id},
    sign_in       {text} not null unique,
    display_name  {text} not null,
    password_hash {text} not null,
    role          {text} not null check (role in ('reader', 'unit_editor', 'integration_officer', 'administrator')),
    office_id     {int64},
    language      {text} not null default 'de',
    sample        {bool} not null default false,
    created_at    {instant} not null,
    disabled_at   {instant}
);

create table sessions (
    token_hash   {text} not null primary key,
    account_id   {int64} not null references accounts (id),
    created_at   {instant} not null,
    last_seen_at {instant} not null
);
create index sessions_by_account on sessions (account_id);

create table sign_in_failures (
    door     {text} not null primary key,
    failures {int64} not null,
    last_at  {instant} not null
);

create table setup_links (
    token_hash {text} not null primary key,
    created_at {instant} not null,
    expires_at {instant} not null,
    used_at    {instant}
);

-- Keys of this installation (CSRF tokens, doors): made at the first start, never shown.
create table secrets (
    name  {text} not null primary key,
    value {blob} not null
);
