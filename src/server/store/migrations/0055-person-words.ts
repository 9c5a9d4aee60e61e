/**
 * The words that a person is found by, one row each (decision record 33): in the order in which a search shows people, for each
 * organisation that sees them at once; under no organisation if none does. The beginning of a word is a range of them,
 * and the first few of it are the first rows. An empty word holds everybody, in that order. A record that was joined to
 * another has none. Triggers keep it, as the counts of lists.
 */
const columns = 'scope, word, late, family, given, person, search'

/**
 * Longer words are found by their beginning; the statement that finds them compares the whole of it. A row of an index
 * holds 2704 bytes, and a letter can have four: three times 100 letters, two ids and 250 letters are fewer.
 */
const rowsOf = (row: string) => `
  select s.scope, w.word,
    (${row}.deceased::int * 4 + (not ${row}.in_use)::int * 2 + (${row}.family is null)::int)::smallint as late,
    left(coalesce(${row}.family, ''), 100) as family, left(coalesce(${row}.given, ''), 100) as given, ${row}.person,
    case when octet_length(${row}.search) <= 1000 then ${row}.search else left(${row}.search, 250) end as search`
const from = (row: string) => `
  cross join lateral (
    select unnest(case when ${row}.room in ('restricted', 'sealed') or ${row}.open_to = '{}' then array[''] else ${row}.open_to end) as scope) s
  cross join lateral (
    select '' as word union select left(w, 100) from unnest(string_to_array(${row}.search, ' ')) w where w <> '') w
  where ${row}.replaced_by is null`

const facts = (row: string) =>
  `(${['room', 'open_to', 'search', 'deceased', 'in_use', 'family', 'given', 'replaced_by'].map((name) => `${row}.${name}`).join(', ')})`

const remove = (rows: string) => `
  delete from person_word d using (${rows}) g
  where d.scope = g.scope and d.word = g.word and d.late = g.late and d.family = g.family and d.given = g.given and d.person = g.person;`

const moved = (side: 'gone' | 'come') => `
  select m.* from ${side} m join ${side === 'gone' ? 'come' : 'gone'} o on o.person = m.person where ${facts('m')} is distinct from ${facts('o')}`

const triggers = `
create function person_words_come() returns trigger language plpgsql as $$
begin
  insert into person_word (${columns}) ${rowsOf('p')} from come p ${from('p')};
  return null;
end $$;
create function person_words_gone() returns trigger language plpgsql as $$
begin
  ${remove(`${rowsOf('p')} from gone p ${from('p')}`)}
  return null;
end $$;
create function person_words_moved() returns trigger language plpgsql as $$
begin
  ${remove(`${rowsOf('p')} from (${moved('gone')}) p ${from('p')}`)}
  insert into person_word (${columns}) ${rowsOf('p')} from (${moved('come')}) p ${from('p')};
  return null;
end $$;
create trigger person_words_come after insert on person_row referencing new table as come
  for each statement execute function person_words_come();
create trigger person_words_gone after delete on person_row referencing old table as gone
  for each statement execute function person_words_gone();
create trigger person_words_moved after update on person_row referencing old table as gone new table as come
  for each statement execute function person_words_moved();`

export const sql0055PersonWords = `
create table person_word (
  scope text not null,
  word text collate "C" not null,
  late smallint not null,
  family text not null,
  given text not null,
  person text not null,
  search text not null
);
insert into person_word (${columns}) ${rowsOf('p')} from person_row p ${from('p')};
create index person_word_order on person_word (scope, word, late, family, given, person) include (search);
${triggers}
alter table person_word enable row level security;
grant select on person_word to gable_all, gable_staff;
create policy person_word_all on person_word for select to gable_all using (true);
create policy person_word_staff on person_word for select to gable_staff
  using (scope = nullif(current_setting('gable.organisation', true), ''));
`
