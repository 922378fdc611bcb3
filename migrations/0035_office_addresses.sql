-- Where an office, unit or body gets its mail: an address of the office, not of a person. It stood with the status rounds of measures; reminders and
-- confirmations write there, too. Empty: it has none.
alter table office_details add column mail {text} not null default '';

insert into office_details (office_id, mail)
select b.id, m.mail
  from measure_contacts m
  join bearers b on b.key = m.office
 where not exists (select 1 from office_details d where d.office_id = b.id);

update office_details
   set mail = (select m.mail
                 from measure_contacts m
                 join bearers b on b.key = m.office
                where b.id = office_details.office_id)
 where exists (select 1
                 from measure_contacts m
                 join bearers b on b.key = m.office
                where b.id = office_details.office_id);

drop table measure_contacts;
