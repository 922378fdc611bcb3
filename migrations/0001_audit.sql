-- Who changed what, when: a chain of entries that is only ever appended to, and beside it the values, which may be purged when somebody typed
-- what must not stay (ADR 0004). An entry holds the digest of its salted values, so it goes on proving itself without them.
create table audit_entries (
    number        {int64} not null primary key,
    at            {instant} not null,
    account_id    {int64},
    subject       {text} not null,
    record        {text} not null,
    action        {text} not null,
    values_digest {blob} not null,
    digest        {blob} not null unique
);
create index audit_entries_by_record on audit_entries (subject, record, number);

-- The fields of an entry as JSON: name, before, after and salt; of a purged field the name and the digest that was left in its place.
create table audit_values (
    entry_number {int64} not null primary key references audit_entries (number),
    fields       {text} not null
);

-- The newest entry. Whoever appends locks this row, so the chain cannot fork.
create table audit_head (
    id     {int64} not null primary key check (id = 1),
    number {int64} not null,
    digest {blob} not null
);

-- only sqlite
create trigger audit_entries_stay before update on audit_entries begin select raise(abort, 'audit entries are only appended'); end;
create trigger audit_entries_remain before delete on audit_entries begin select raise(abort, 'audit entries are only appended'); end;
create trigger audit_values_remain before delete on audit_values begin select raise(abort, 'audit values are purged, never deleted'); end;
create trigger audit_values_stay before update of entry_number on audit_values begin select raise(abort, 'audit values stay with their entry'); end;
create trigger audit_head_remains before delete on audit_head begin select raise(abort, 'the audit head stays'); end;
create trigger audit_head_rises before update on audit_head when new.number <> old.number + 1 begin select raise(abort, 'the audit head only rises'); end;
-- end only

-- only postgres
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only appended to' using errcode = 'check_violation';
end
$$;
create trigger audit_entries_stay before update or delete on audit_entries for each row execute function audit_is_append_only();
create trigger audit_entries_remain before truncate on audit_entries for each statement execute function audit_is_append_only();
create trigger audit_values_remain before delete on audit_values for each row execute function audit_is_append_only();
create trigger audit_values_stay before update of entry_number on audit_values for each row execute function audit_is_append_only();
create trigger audit_values_last before truncate on audit_values for each statement execute function audit_is_append_only();
create trigger audit_head_remains before delete on audit_head for each row execute function audit_is_append_only();
create trigger audit_head_rises before update on audit_head for each row when (new.number <> old.number + 1) execute function audit_is_append_only();
-- end only
