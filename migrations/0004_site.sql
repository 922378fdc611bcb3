-- What an installation says of itself: name of the municipality, imprint, data protection, accessibility. Text in German and English.
create table site_texts (
    key     {text} not null primary key,
    text_de {text} not null,
    text_en {text} not null default ''
);

-- Barriers people report on the page "Barriere melden" (EN 301 549, § 12b BGG): what and where, and an address only if they want an answer.
create table accessibility_feedback (
    id          {id},
    received_at {instant} not null,
    page        {text} not null default '',
    description {text} not null,
    contact     {text} not null default '',
    answered_at {instant},
    answered_by {int64} references accounts (id)
);
