const setting = (name: string) => `(select nullif(current_setting('gable.${name}', true), ''))`
const isOrdinary = `room not in ('restricted', 'sealed')`
const reader = `${setting('organisation')}, ${setting('practitioner')}, ${setting('at')}::timestamptz, null`

/**
 * Whom `open_to` leaves out (0014) was looked for among all relations of the organisation, gathered for a statement: a
 * million of them for one person. It is enough to gather those that name the actor, and those of the organisation that
 * end: each other one stands in `open_to`. A function, because the database guesses a high price for it, and would rather
 * read everybody. It runs under the policies of whoever calls it. Who sees whom is the same.
 */
export const sql0070PeopleBeside = `
create index relation_org_until on relation (org, until) where until is not null;
create function people_beside(own_org text, own_agent text, own_at timestamptz, longest_glass timestamptz, by_name boolean)
  returns setof text language plpgsql stable parallel safe rows 100 as $$
begin
  if by_name then
    return query select l.person from relation l
      where l.agent = own_agent and l.vouched
        and (l.until is null or (l.until > own_at and (l.kind <> 'glass' or longest_glass is null or l.until < longest_glass)));
  else
    return query select b.person from (
      select l.person from relation l
      where l.agent = own_agent
        and (l.until is null or (l.until > own_at and (l.kind <> 'glass' or longest_glass is null or l.until < longest_glass)))
      union all select l.person from relation l
      where l.org = own_org and l.until > own_at and (l.kind <> 'glass' or longest_glass is null or l.until < longest_glass)) b
    where b.person not in (select s.person from relation s where s.kind = 'sealed');
  end if;
end $$;
alter policy person_row_staff on person_row using (
  case when ${isOrdinary} and ${setting('organisation')} = any(open_to) then true
  else (${isOrdinary} and person in (select people_beside(${reader}, false))) or person in (select people_beside(${reader}, true))
  end);
`
