/**
 * A line is known by source, kind and number: a stay and an attendance may have the same number, and be of two people. An
 * index of restricted encounters alone, of which lists tell nothing, nor of lines that tell of the same days: people who
 * have one are worked out once more at the next reading.
 */
export const sql0049FeedKeys = `
alter table activity_line drop constraint activity_line_pkey;
alter table activity_line add primary key (source, kind, line);
alter table feed_refusal add column kind text not null default 'claim';
update feed_refusal set kind = 'admitted'
  where source in (select source from feed_source where layout = 'sus');
alter table feed_refusal alter column kind drop default;
alter table feed_refusal drop constraint feed_refusal_pkey;
alter table feed_refusal add primary key (source, kind, line);
create index resource_apart_stay on resource (person)
  where rt = 'Encounter' and room in ('restricted', 'sealed') and content is not null;
update person_row p set changes_on = date '2000-01-01'
  where p.person in (select l.person from activity_line l) and (p.replaced_by is not null
    or exists (select 1 from person_row j where j.replaced_by = p.person)
    or exists (select 1 from resource e where e.rt = 'Encounter' and e.room in ('restricted', 'sealed')
      and e.content is not null and e.person = p.person));
`
