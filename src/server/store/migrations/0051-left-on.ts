/**
 * The day on which somebody left the last list of a practice that they were on (`registration`); null: they are on one, or
 * never were on any. It may be ahead: then they leave on that day, without another write.
 */
export const sql0051LeftOn = `
alter table person_row add column left_on text;
update person_row p set left_on = g.day from (
  select person, max(on_day) as day from (
    select distinct on (person, organisation) person, organisation, kind, on_day from registration
    where taken_back is null order by person, organisation, on_day desc, seq desc) l
  group by person having bool_and(kind = 'left')) g
where g.person = p.person;
`
