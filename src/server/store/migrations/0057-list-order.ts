const counts = [
  ...[
    'room',
    'open_to',
    'deceased',
    'in_use',
    'opted_out',
    'case_status',
    'band',
    'segment',
    'coded',
  ],
  ...['conditions', 'changeable', 'rules', 'outside', 'persistent'],
  ...[
    'replaced_by is null',
    'look_again is null',
    'chance is null',
    'cost is null',
    'left_on is null',
    'lives_alone is null',
  ],
]
const words = ['room', 'open_to', 'search', 'deceased', 'in_use', 'family', 'given', 'replaced_by']

/** Whoever has changed in one of these: found by sorting, because a join is planned for as many rows as came first. */
const changed = (facts: readonly string[]) => `
  select array_agg(distinct u.person) into who from (
    select b.person from (select person, ${named(facts)} from gone union all select person, ${named(facts)} from come) b
    group by b.person, ${facts.map((_, at) => `b.f${at}`).join(', ')} having count(*) = 1) u;
  if who is null then return null; end if;`
const named = (facts: readonly string[]) => facts.map((each, at) => `${each} as f${at}`).join(', ')

const cells = `label, other, known, due, band, segment, coded, has_chance, has_cost, persistent, many_services, alone_not_known`
const counted = (sign: number, rows: string) => `
    select ${sign} as n, s.scope, c.* from unnest(who) w(person) join ${rows} p on p.person = w.person, lateral list_scopes(p.room, p.open_to) s(scope),
      lateral list_cells(p.deceased, p.in_use, p.replaced_by, p.opted_out, p.case_status, p.look_again, p.band, p.segment, p.coded,
        p.chance, p.cost, p.conditions, p.changeable, p.rules, p.outside, p.left_on, p.persistent, p.lives_alone) c`

const kept = 'scope, word, late, family, given, person, search'
const rowsOf = (rows: string) => `
  select s.scope, w.word,
    (p.deceased::int * 4 + (not p.in_use)::int * 2 + (p.family is null)::int)::smallint as late,
    left(coalesce(p.family, ''), 100) as family, left(coalesce(p.given, ''), 100) as given, p.person, 
    case when octet_length(p.search) <= 1000 then p.search else left(p.search, 250) end as search
  from ${rows} p cross join lateral (
    select unnest(case when p.room in ('restricted', 'sealed') or p.open_to = '{}' then array[''] else p.open_to end) as scope) s
  cross join lateral (
    select '' as word union select left(w, 100) from unnest(string_to_array(p.search, ' ')) w where w <> '') w
  where p.replaced_by is null and p.person = any(who)`

/**
 * Each order of the list of people is the order of an index, down to who comes first of those with the same number: a page
 * reads its own rows, however many people there are. One band of frailty is read by itself. The sums and words
 * of people (0054, 0055) look at those alone whom a statement has changed in them. A plan kept from statements about one
 * person compares everybody with everybody: the sums join, and the words are planned anew each time.
 */
export const sql0057ListOrder = `
drop index person_row_chance;
create index person_row_chance on person_row (chance desc, rank desc, person) where chance is not null;
create index person_row_changeable on person_row (cardinality(changeable) desc, chance desc, rank desc, person) where chance is not null;
create index person_row_line on person_row (least(chance / 10, 9) desc, least(cardinality(changeable), 3) desc, chance desc, rank desc, person)
  where chance is not null;
create index person_row_band on person_row (band, rank desc, person);
create or replace function list_counts_moved() returns trigger language plpgsql as $$
declare who text[];
begin
  ${changed(counts)}
  insert into list_count_change (scope, ${cells}, people)
  select scope, ${cells}, sum(n) from (${counted(-1, 'gone')} union all ${counted(1, 'come')}) both_sides
  group by scope, ${cells} having sum(n) <> 0;
  return null;
end $$;
create or replace function person_words_moved() returns trigger language plpgsql set plan_cache_mode = force_custom_plan as $$
declare who text[];
begin
  ${changed(words)}
  delete from person_word d using (${rowsOf('gone')}) g
  where d.scope = g.scope and d.word = g.word and d.late = g.late and d.family = g.family and d.given = g.given and d.person = g.person;
  insert into person_word (${kept}) ${rowsOf('come')};
  return null;
end $$;
`
