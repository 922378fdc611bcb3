-- The second factor (RFC 6238). The step used last is kept, so that a code seen over a shoulder opens nothing a second time. An account that was
-- invited has no password yet: its hash is empty, which no password fits.
alter table accounts add column totp_secret {blob};
alter table accounts add column totp_last_step {int64} not null default 0;

-- For the day the telephone is lost; each works once.
create table recovery_codes (
    account_id {int64} not null references accounts (id),
    code_hash  {text} not null,
    used_at    {instant},
    primary key (account_id, code_hash)
);

-- What a session looks like to its owner: "Firefox, Windows". No address.
alter table sessions add column device {text} not null default '';

-- Devices somebody has signed in from: a sign-in from another one is told by mail, and the owner's own device is not shut out by strangers who
-- try passwords. Only the hash of the device's cookie stands here.
create table known_devices (
    account_id    {int64} not null references accounts (id),
    device_hash   {text} not null,
    first_seen_at {instant} not null,
    last_seen_at  {instant} not null,
    primary key (account_id, device_hash)
);

-- Every request to reset a password is a row, whether anybody has that name or not, and a job answers it: so the page takes the same time for both.
create table reset_requests (
    id           {id},
    sign_in      {text} not null,
    requested_at {instant} not null
);

-- What an administrator decides about signing in.
create table identity_settings (
    name  {text} not null primary key,
    value {text} not null
);

-- Who signs in by an identity provider: its own name for the person, which never changes.
create table account_subjects (
    issuer     {text} not null,
    subject    {text} not null,
    account_id {int64} not null references accounts (id),
    primary key (issuer, subject)
);
