-- One address, one subscription, however it is written: Anna@example.org and anna@example.org are one mailbox to everybody. Of twins the confirmed one
-- stays, else the older one.
delete from digest_subscriptions
 where exists (select 1
                 from digest_subscriptions other
                where lower(other.mail) = lower(digest_subscriptions.mail)
                  and other.id <> digest_subscriptions.id
                  and ((other.confirmed_on is not null and digest_subscriptions.confirmed_on is null)
                       or ((other.confirmed_on is null) = (digest_subscriptions.confirmed_on is null) and other.id < digest_subscriptions.id)));

create unique index digest_subscriptions_by_address on digest_subscriptions (lower(mail));
