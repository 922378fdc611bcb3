-- Attachments, kept once however often they are attached (content-addressed). A removed file leaves its row without bytes, name and digest:
-- the stub says when, by whom and why, so that what pointed to it still finds an answer.
create table files (
    id             {id},
    digest         {text} unique,
    content_type   {text} not null,
    size           {int64} not null,
    bytes          {blob},
    stored_at      {instant} not null,
    removed_at     {instant},
    removed_by     {int64} references accounts (id),
    removed_reason {text}
);
