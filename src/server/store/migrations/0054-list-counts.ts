/**
 * How many people each list holds, kept as sums (decision record 33): `list_count` by what filters ask, for each
 * organisation and, under `*`, for everybody. What a statement changes about people is added to `list_count_change` in
 * the same transaction, so that two writers never wait for one sum; `foldListCounts` adds it up from time to time. A
 * count is the sum of both. Triggers keep it, so that no way of writing can pass it by.
 */
const columns = [
  'label text collate "C"',
  'other text collate "C"',
  'known text',
  'due boolean',
  'band text',
  'segment text',
  'coded boolean',
  'has_chance boolean',
  'has_cost boolean',
  'persistent boolean',
  'many_services boolean',
  'alone_not_known boolean',
] as const

const names = columns.map((each) => each.split(' ')[0]).join(', ')
const table = (name: string, rest = '') => `
create table ${name} (scope text not null, ${columns.map((each) => `${each} not null`).join(', ')}, people integer not null${rest});`

/**
 * What one person counts in: by each label that a filter or a choice of it names (a condition, what could be changed, a
 * rule, a score from elsewhere), and by each two labels that can be asked for together. Who said no to being looked for
 * counts in nothing but that. Who has left the list, or will, and has no open case is in no sum: the day decides.
 */
const cells = `
create function list_cells(deceased boolean, in_use boolean, replaced_by text, opted_out text[],
  case_status text, look_again date, band text, segment text, coded boolean, chance integer, cost bigint,
  conditions text[], changeable text[], rules text[], outside jsonb, left_on text,
  persistent boolean, lives_alone boolean)
returns table (${columns.map((each) => each.replace(' collate "C"', '')).join(', ')}) language sql immutable as $$
  select l.label, l.other,
    case when $5 in ('active', 'onhold') then 'on-caseload' when $5 = 'cancelled' then 'not-now' else 'no-coordinator' end,
    coalesce($6 is not null and $5 = 'planned', false), coalesce($7, ''), $8, $9, $10 is not null, $11 is not null,
    $17, 'many-services' = any($13), $18 is null
  from (
    select '' as label, '' as other
    union all select 'condition:' || c, '' from unnest($12) c
    union all select 'changeable:' || h, '' from unnest($13) h
    union all select 'rule:' || r, '' from unnest($14) r
    union all select 'outside:' || o, '' from jsonb_object_keys(coalesce($15, '{}'::jsonb)) o
    union all select 'condition:' || c, 'changeable:' || h from unnest($12) c, unnest($13) h
    union all select 'condition:' || c, 'rule:' || r from unnest($12) c, unnest($14) r
    union all select 'changeable:' || h, 'rule:' || r from unnest($13) h, unnest($14) r
  ) l
  where not $1 and $2 and $3 is null and ($16 is null or $5 in ('active', 'onhold')) and not ('finding' = any($4))
  union all
  select 'said-no', '', '', false, '', '', false, false, false, false, false, false
  where not $1 and $2 and $3 is null and ($16 is null or $5 in ('active', 'onhold')) and 'finding' = any($4)
$$;
create function list_scopes(room text, open_to text[]) returns setof text language sql immutable as $$
  select '*' union all select o from unnest($2) o where $1 not in ('restricted', 'sealed')
$$;`

const facts = [
  ...['deceased', 'in_use', 'replaced_by', 'opted_out', 'case_status', 'look_again', 'band'],
  ...['segment', 'coded', 'chance', 'cost', 'conditions', 'changeable', 'rules', 'outside'],
  ...['left_on', 'persistent', 'lives_alone'],
]
const of = (row: string, all: readonly string[]) => all.map((name) => `${row}.${name}`).join(', ')
const counted = (row: string) => `
  lateral list_scopes(${row}.room, ${row}.open_to) s(scope), lateral list_cells(${of(row, facts)}) c`

/** A date, a chance, a cost or an answer about living alone only counts by being there. */
const compared = (row: string) =>
  `(${of(row, [
    ...['room', 'open_to', 'deceased', 'in_use', 'opted_out', 'case_status', 'band', 'segment'],
    ...['coded', 'conditions', 'changeable', 'rules', 'outside', 'persistent'],
  ])}, ${['replaced_by', 'look_again', 'chance', 'cost', 'left_on', 'lives_alone'].map((name) => `${row}.${name} is null`).join(', ')})`

const kept = `insert into list_count_change (scope, ${names}, people)`
const each = 's.scope, c.*'

const sums = (sign: string, rows: string) => `
  ${kept} select s.scope, c.*, ${sign}count(*) from ${rows} p, ${counted('p')}
  group by s.scope, ${names
    .split(', ')
    .map((name) => `c.${name}`)
    .join(', ')};`

const triggers = `
create function list_counts_come() returns trigger language plpgsql as $$
begin
  ${sums('', 'come')}
  return null;
end $$;
create function list_counts_gone() returns trigger language plpgsql as $$
begin
  ${sums('-', 'gone')}
  return null;
end $$;
create function list_counts_moved() returns trigger language plpgsql as $$
begin
  ${kept}
  select scope, ${names}, sum(n) from (
    with moved as materialized (
      select gone.person from gone join come on come.person = gone.person
      where ${compared('gone')} is distinct from ${compared('come')})
    select -1 as n, ${each} from moved join gone using (person), ${counted('gone')}
    union all select 1, ${each} from moved join come using (person), ${counted('come')}
  ) both_sides group by scope, ${names} having sum(n) <> 0;
  return null;
end $$;
create trigger list_counts_come after insert on person_row referencing new table as come
  for each statement execute function list_counts_come();
create trigger list_counts_gone after delete on person_row referencing old table as gone
  for each statement execute function list_counts_gone();
create trigger list_counts_moved after update on person_row referencing old table as gone new table as come
  for each statement execute function list_counts_moved();`

const guarded = (name: string) => `
alter table ${name} enable row level security;
grant select on ${name} to gable_all, gable_staff;
create policy ${name}_all on ${name} for select to gable_all using (true);
create policy ${name}_staff on ${name} for select to gable_staff
  using (scope = nullif(current_setting('gable.organisation', true), ''));`

export const sql0054ListCounts = `
${table(
  'list_count',
  `, primary key (scope, label, other, known, due, band, segment, coded, has_chance, has_cost,
  persistent, many_services, alone_not_known)`,
)}
${table('list_count_change')}
create index list_count_other on list_count (scope, other, label) where other <> '';
create index person_row_left_on on person_row (left_on) where left_on is not null;
create index list_count_change_label on list_count_change (scope, label, other);
${cells}
insert into list_count (scope, ${names}, people) select s.scope, c.*, count(*) from person_row p, ${counted('p')}
  group by s.scope, ${names
    .split(', ')
    .map((name) => `c.${name}`)
    .join(', ')};
${triggers}
${guarded('list_count')}
${guarded('list_count_change')}
`
