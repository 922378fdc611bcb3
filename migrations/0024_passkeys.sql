-- Passkeys (Web Authentication): a public key each, so a stolen database opens nothing. rp_id is the site a key was made for.
create table passkeys (
    id            {id},
    account_id    {int64} not null references accounts (id),
    credential_id {blob} not null unique,
    public_key    {blob} not null,
    counter       {int64} not null default 0,
    rp_id         {text} not null,
    name          {text} not null,
    created_at    {instant} not null,
    last_used_at  {instant}
);
create index passkeys_by_account on passkeys (account_id);

-- Challenges prove themselves by a key of this installation; only those answered already are kept, until they would have ended anyway.
create table spent_challenges (
    challenge_hash {text} not null primary key,
    ends_at        {instant} not null
);

-- How somebody came in: by 'password', 'passkey' or 'provider'. A passkey is two factors in one.
alter table sessions add column way {text} not null default 'password';
