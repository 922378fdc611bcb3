-- First answers to forms that carry a key, so that a form sent twice takes effect once, whichever server process gets it. Key and fingerprint
-- are hashes of who, where and what; rows are removed after three days.
create table idempotency_keys (
    key_hash    {text} not null primary key,
    fingerprint {text} not null,
    begun_at    {instant} not null,
    status      {int64},
    headers     {text},
    body        {blob},
    check ((status is null) = (headers is null) and (status is null) = (body is null))
);
create index idempotency_keys_by_age on idempotency_keys (begun_at);
