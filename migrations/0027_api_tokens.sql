-- Keys by which a program acts for an account. Only the hash of a token stands here; it is shown once. A row stays after its end, so that the owner
-- sees what there was.
create table api_tokens (
    id           {id},
    account_id   {int64} not null references accounts (id),
    name         {text} not null,
    token_hash   {text} not null unique,
    scopes       {text} not null,
    created_at   {instant} not null,
    expires_at   {instant} not null,
    last_used_at {instant},
    revoked_at   {instant}
);
create index api_tokens_by_account on api_tokens (account_id, id);
