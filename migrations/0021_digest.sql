-- Who wants to read by mail what changed. Entered by anybody, counted only once confirmed by the link in a mail; ended by the link in every mail.
-- The address goes with the subscription.
create table digest_subscriptions (
    id           {id},
    mail         {text} not null unique,
    language     {text} not null,
    every_days   {int64} not null check (every_days between 1 and 366),
    asked_on     {day} not null,
    confirmed_on {day},
    last_sent_on {day}
);
