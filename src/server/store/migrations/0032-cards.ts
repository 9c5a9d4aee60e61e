/**
 * Several emergency cards of one person, each with a use of its own: what it is for, whether it has a link, whether it says
 * illnesses, whether it says what matters and who has the whole plan, and how often its link was opened. Older cards say neither. What was opened before is counted from the audit log.
 */
export const sql0032Cards = `
drop index card_link_open;
alter table card_link
  add column purpose text not null default 'other',
  add column has_link boolean not null default true,
  add column illnesses boolean not null default false,
  add column matters boolean not null default false,
  add column opened integer not null default 0,
  add column last_opened timestamptz;
create index card_link_person on card_link (person, made desc);
update card_link set opened = seen.times, last_opened = seen.latest
from (
  select identity, count(*)::integer as times, max(at) as latest from audit
  where way = '$open-emergency-card' and allowed group by identity
) as seen
where seen.identity = 'card:' || card_link.id;
`
