/**
 * The organisations whose staff reach a person by working there, kept beside her row of the worklist: a list of fifty
 * thousand is counted without looking each of them up. Only what has no end and is not undone by sealing stands here;
 * whatever else opens a person is still looked up. Triggers keep it, so that no way of writing can pass it by.
 */
const columnOfPersonRow = `
alter table person_row add column open_to text[] not null default '{}';

create function organisations_that_reach(who text) returns text[] language sql volatile as $$
  select case when exists (select 1 from relation where person = who and kind = 'sealed') then '{}'::text[]
    else coalesce((select array_agg(distinct org order by org) from relation
      where person = who and org is not null and until is null), '{}'::text[]) end
$$;
update person_row set open_to = organisations_that_reach(person);
create index relation_until on relation (until) where until is not null;`

/**
 * A row that begins holds the relations it was worked out from, in the same look, until it is there to be found by
 * whoever changes one of them. One that is there already is only brought up to date, and needs nothing.
 */
const whenARowBegins = `
create function person_row_begins() returns trigger language plpgsql as $$
begin
  if exists (select 1 from person_row where person = new.person) then return new; end if;
  select case when bool_or(kind = 'sealed') then '{}'::text[]
    else coalesce(array_agg(distinct org order by org) filter (where org is not null and until is null), '{}'::text[]) end
  into new.open_to
  from (select kind, org, until from relation where person = new.person for share) held;
  return new;
end $$;
create trigger person_row_begins before insert on person_row
  for each row execute function person_row_begins();`

/** The row is locked first: the statement after it sees what the one before left, so that of two the second is right. */
const whenARelationChanges = `
create function relation_changed() returns trigger language plpgsql as $$
declare who text;
begin
  foreach who in array array[old.person, new.person] loop
    continue when who is null;
    perform 1 from person_row where person = who for update;
    continue when not found;
    update person_row set open_to = organisations_that_reach(who)
      where person = who and open_to <> organisations_that_reach(who);
  end loop;
  return null;
end $$;
create trigger relation_changed after insert or delete on relation
  for each row execute function relation_changed();
create trigger relation_altered after update of person, kind, org, until on relation
  for each row execute function relation_changed();`

const setting = (name: string) => `(select nullif(current_setting('gable.${name}', true), ''))`
const holds = `(l.until is null or l.until > ${setting('at')}::timestamptz)`

/** As scopeSql has it: each lookup asks of the person alone, so that for many people it may be gathered once. */
const policy = `
alter policy person_row_staff on person_row using (
  case when room not in ('restricted', 'sealed') and ${setting('organisation')} = any(open_to) then true
  else (room not in ('restricted', 'sealed') and exists (
      select 1 from relation l where l.person = person_row.person and ${holds}
        and (l.org = ${setting('organisation')} or l.agent = ${setting('practitioner')})
        and l.person not in (select s.person from relation s where s.kind = 'sealed')))
    or exists (
      select 1 from relation l where l.person = person_row.person and ${holds}
        and l.agent = ${setting('practitioner')} and l.vouched)
  end);`

export const sql0014OpenTo = [columnOfPersonRow, whenARowBegins, whenARelationChanges, policy].join(
  '\n',
)
