/**
 * What lets a search read as much as it shows. The indexes by date now lie as `-date` asks, records without a date last and
 * the oldest row first among equals; another gives the rows of a type in the order in which they came. Codes stand
 * in sp under a key below zero, with their date beside them (`codeKey`), in these two orders too.
 */
const indexes = `
drop index idx_person;
create index idx_person on idx (person, rt, dt desc nulls last, rid);
drop index idx_dt;
create index idx_dt on idx (rt, dt desc nulls last, rid);
create index idx_rt on idx (rt, rid);
drop index sp_s;
create index sp_s on sp (key, s) where s is not null and key > 0;
drop index sp_lo;
create index sp_lo on sp (key, lo) where lo is not null and key > 0;
create index sp_code on sp (key, s, lo desc nulls last, rid) where key < 0;
create index sp_code_rid on sp (key, s, rid, hi) where key < 0;
`

/** Whether so many records have a code, whosever they are: by it the way is chosen in which people are looked for. */
const commonCodes = `
create function code_is_common(of integer, code text, most integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp as
  $$ select count(*) >= most from (select 1 from sp where key < 0 and key = of and s = code limit most) found $$;
revoke execute on function code_is_common(integer, text, integer) from public;
grant execute on function code_is_common(integer, text, integer) to gable_all, gable_staff, gable_listed, gable_none;
`

/** Read where it stands: a sub-select for each would be a step of its own in every plan. No id is empty. */
const setting = (name: string) => `current_setting('gable.${name}', true)`
const isOrdinary = `room not in ('restricted', 'sealed')`

const isNamed = `(l.agent = ${setting('practitioner')} and l.vouched)`
const works = `(l.org = ${setting('organisation')} or l.agent = ${setting('practitioner')})`
const holds = `(l.until is null or l.until > ${setting('at')}::timestamptz)`

const relations = `
alter policy relation_staff on relation using (
  org = ${setting('organisation')} or agent = ${setting('practitioner')});`

/** Everybody whom the one who asks reaches, by name or by where she works too: read past the policies, as they ask it. */
const peopleReached = `
create function people_reached(by_name boolean) returns setof text
  language plpgsql stable security definer rows 1000 set search_path = public, pg_temp as $$
declare
  own_org text := ${setting('organisation')};
  own_agent text := ${setting('practitioner')};
  own_at timestamptz := nullif(${setting('at')}, '')::timestamptz;
begin
  if by_name then
    return query select l.person from relation l
      where l.agent = own_agent and l.vouched and (l.until is null or l.until > own_at);
  else
    return query select l.person from relation l
      where (l.org = own_org or l.agent = own_agent) and (l.until is null or l.until > own_at)
        and l.person not in (select s.person from relation s where s.kind = 'sealed');
  end if;
end $$;
revoke execute on function people_reached(boolean) from public;
grant execute on function people_reached(boolean) to gable_staff;
`

const guarded = ['resource', 'history', 'idx', 'sp', 'ref', 'change']

/**
 * As 0013 has it, in two ways: the relations to each row's person looked up by themselves, for a statement that reads few
 * rows, or all relations of the one who asks gathered once, for one that reads many (`gable.many`). Which of them is
 * asked changes nothing of what is seen.
 */
const inTwoWays = (table: string) => `
alter policy ${table}_staff on ${table} using (
  person is null or case when ${setting('many')} = 'on' then
    (${isOrdinary} and person in (select people_reached(false)))
    or person in (select people_reached(true))
  else (
    select bool_or(${holds} and ${isNamed})
      or (${table}.${isOrdinary} and bool_or(${holds} and ${works}) and not bool_or(l.kind = 'sealed'))
    from relation l where l.person = ${table}.person)
  end);`

export const sql0024SearchOrder = [
  indexes,
  commonCodes,
  peopleReached,
  relations,
  ...guarded.map(inTwoWays),
].join('\n')
