-- Rises with every change to what judged pages show (platform/db/revision.h).
create table revisions (
    id     {int64} not null primary key check (id = 1),
    number {int64} not null
);
insert into revisions (id, number) values (1, 1);

-- The ledger: what happened on a day, and since when we know. Entries are added and withdrawn, never changed; a free text or a file somebody should
-- not have entered can be blanked, and an entry can be published or not.
create table evidence (
    id           {id},
    key          {text} not null unique,
    kind         {text} not null,
    subject      {text} not null default '',
    organisation {text} not null default '',
    occurred_on  {day} not null,
    until_on     {day},
    quantity     {int64},  -- thousandths
    attributes   {text} not null default '{}',
    title_de     {text} not null default '',
    title_en     {text} not null default '',
    note         {text} not null default '',
    link         {text} not null default '',
    file_id      {int64} references files (id),
    file_name    {text} not null default '',
    published    {bool} not null default false,
    recorded_on  {day} not null,
    recorded_at  {instant} not null,
    recorded_by  {int64},
    imported     {bool} not null default false,
    sample       {bool} not null default false,
    check (until_on is null or until_on >= occurred_on)
);
create index evidence_by_kind on evidence (kind, occurred_on, id);
create index evidence_by_day on evidence (occurred_on, id);

create table evidence_withdrawals (
    evidence_id  {int64} not null primary key references evidence (id),
    withdrawn_on {day} not null,
    withdrawn_at {instant} not null,
    withdrawn_by {int64},
    reason       {text} not null default ''
);

-- only sqlite
create trigger evidence_stays before update of id, key, kind, subject, organisation, occurred_on, until_on, quantity, attributes, recorded_on, recorded_at, recorded_by on evidence
    begin select raise(abort, 'evidence is only added and withdrawn'); end;
create trigger evidence_remains before delete on evidence when old.sample = 0 begin select raise(abort, 'evidence is only added and withdrawn'); end;
create trigger evidence_withdrawals_stay before update of evidence_id, withdrawn_on, withdrawn_at, withdrawn_by on evidence_withdrawals
    begin select raise(abort, 'a withdrawal stays'); end;
create trigger evidence_withdrawals_remain before delete on evidence_withdrawals
    when (select sample from evidence where id = old.evidence_id) = 0 begin select raise(abort, 'a withdrawal stays'); end;
-- end only

-- only postgres
create function evidence_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'evidence is only added and withdrawn' using errcode = 'check_violation';
end
$$;
create trigger evidence_stays before update of id, key, kind, subject, organisation, occurred_on, until_on, quantity, attributes, recorded_on, recorded_at, recorded_by
    on evidence for each row execute function evidence_is_append_only();
create trigger evidence_remains before delete on evidence for each row when (not old.sample) execute function evidence_is_append_only();
create trigger evidence_withdrawals_stay before update of evidence_id, withdrawn_on, withdrawn_at, withdrawn_by on evidence_withdrawals
    for each row execute function evidence_is_append_only();
-- end only
