import type { Clock } from '#domain/calendar/zone.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { addMonths, lastWholeMonth, monthsFrom } from '#domain/outcome/months.ts'
import { mostMonths } from '#domain/outcome/outcomes.ts'
import type { Sql } from '#server/store/sql.ts'

/** Under this name stands how far changes have been looked at, and which month was the last that everybody was due in. */
const everybody = '*'

type Mark = Readonly<{ month: string; since: number }>

/** So many changes are looked at in one slice. */
const perSlice = 500

const managing = (table: string) =>
  `split_part(${table}.content #>> '{managingOrganization,reference}', '/', 2)`
const textMonth = (column: string) => `left(${column}, 7)`

/**
 * What a change can move: its own months, and one to each side, because a moment near midnight can be in another month in the service’s zone; a stay
 * also the two months before (29 days before 1 March is in January: who came home then came back); what is looked back at for a year, the year that
 * follows; a case, an opt-out, a death or a first score, all since.
 */
const reaches: Readonly<Record<string, readonly [before: number, after: number | 'on']>> = {
  Encounter: [2, 1],
  EpisodeOfCare: [1, 'on'],
  Consent: [mostMonths, 'on'],
  Patient: [mostMonths, 'on'],
  Provenance: [1, 12],
  Communication: [1, 12],
  Observation: [1, 'on'],
  QuestionnaireResponse: [1, 1],
  Task: [1, 1],
}

const dates = [
  '{effectiveDateTime}',
  '{recorded}',
  '{occurredDateTime}',
  '{sent}',
  '{authored}',
  '{period,start}',
  '{period,end}',
  '{restriction,period,end}',
]

/** The days of a version `v`: its own, and for an answer to a promise the day on which that was due. */
const daysOfVersion = `select unnest(array[${dates.map((path) => `v.content #>> '${path}'`).join(', ')}])
  union all select t.content #>> '{restriction,period,end}'
    from jsonb_path_query(v.content, '$.about[*].reference') a join resource t on t.rt = 'Task' and t.id = split_part(a #>> '{}', '/', 2) and t.content is not null
    where v.rt = 'Communication'`

/** Months that records changed since the mark touch are due, and a new month in every organisation. True if there are more changes. */
export async function noteDueMonths(
  sql: Sql,
  { now, zone }: Clock,
  settled = 60,
): Promise<boolean> {
  const last = lastWholeMonth(dayIn(zone, now))
  const mark = await markIn(sql)
  if (!mark) return await beginHere(sql, last)
  if (mark.month < last) await everybodyDue(sql, addMonths(mark.month, 1), last)
  // what another transaction is still writing may have a lower number
  const { rows } = await sql.query<{
    seq: number
    rt: string
    person: string
    low: string | null
    high: string | null
    isOpen: boolean
    organisations: readonly string[]
  }>(
    `with changed as materialized (
       select seq, rt, id, vid, person from change
       where seq > $1::bigint and ts <= $2::timestamptz - make_interval(secs => $3) order by seq limit ${perSlice}),
     versions as (
       select c.seq, c.rt, v.person, v.content from changed c join lateral (
         select person, content from resource where rt = c.rt and id = c.id and content is not null
         union all select person, content from history where rt = c.rt and id = c.id and vid between c.vid - 1 and c.vid and content is not null) v on true
       where c.rt = any($4::text[]) and v.person is not null and v.person <> '*')
     select c.seq::float8 as seq, v.rt, v.person, min(d) as low, max(d) as high,
       coalesce(bool_or(v.rt = 'Encounter' and v.content #>> '{period,end}' is null), false) as "isOpen",
       coalesce(array_agg(distinct ${managing('v')}) filter (where v.rt = 'EpisodeOfCare' and ${managing('v')} <> ''), '{}') as organisations
     from changed c left join versions v on v.seq = c.seq
     left join lateral (select ${textMonth('x')} as d from (${daysOfVersion}) of_version(x)
       where x ~ '^[12][0-9]{3}-[01][0-9]') d on true
     group by c.seq, v.rt, v.person order by c.seq`,
    [mark.since, now.toISOString(), settled, Object.keys(reaches)],
  )
  const oldest = addMonths(last, 1 - mostMonths)
  const touched = rows.flatMap((row) => spanOf(row, { oldest, last }))
  await monthsDue(sql, touched)
  await keepMark(sql, { month: last, since: rows.at(-1)?.seq ?? mark.since })
  return new Set(rows.map(({ seq }) => seq)).size === perSlice
}

/** Nothing has been counted yet: all months are due, and what changes from now on. */
async function beginHere(sql: Sql, last: string): Promise<boolean> {
  await everybodyDue(sql, addMonths(last, 1 - mostMonths), last)
  await countFromNow(sql, last)
  return false
}

/** What is here has been counted, or came with its results: only what changes from now on is due. */
export async function countFromNow(sql: Sql, last: string): Promise<void> {
  const { rows } = await sql.query<{ since: number }>(
    'select coalesce(max(seq), 0)::float8 as since from change',
  )
  await keepMark(sql, { month: last, since: rows[0]?.since ?? 0 })
}

type Touched = Readonly<{
  person: string
  from: string
  to: string
  /** beside those that have a case of the person now: where a case was, and is no more */
  organisations: readonly string[]
}>
type Row = Readonly<{
  rt: string | null
  person: string | null
  low: string | null
  high: string | null
  /** a stay that has no end, or had none: all months since can have its nights */
  isOpen: boolean
  organisations: readonly string[]
}>

function spanOf(
  { rt, person, low, high, isOpen, organisations }: Row,
  { oldest, last }: Readonly<{ oldest: string; last: string }>,
): readonly Touched[] {
  const reach = reaches[rt ?? '']
  if (!reach || !person) return []
  const [before, after] = reach
  const from = low === null || before === mostMonths ? oldest : addMonths(low, -before)
  const to = isOpen || after === 'on' || high === null ? last : addMonths(high, after)
  return [{ person, organisations, from: from < oldest ? oldest : from, to: to > last ? last : to }]
}

/** Months of the organisations that have a case of these people, or had it before the change. */
async function monthsDue(sql: Pick<Sql, 'query'>, touched: readonly Touched[]): Promise<void> {
  const due = touched.flatMap(({ person, organisations, from, to }) =>
    monthsFrom(from, to).flatMap((month) => [
      { person, organisation: '', month },
      ...organisations.map((organisation) => ({ person: '', organisation, month })),
    ]),
  )
  if (due.length === 0) return
  await sql.query(
    `with due as materialized (
       select distinct person, organisation, month from unnest($1::text[], $2::text[], $3::text[]) d(person, organisation, month))
     insert into measure_due (organisation, month)
     select ${managing('e')}, d.month from due d
     join resource e on e.rt = 'EpisodeOfCare' and e.person = d.person and e.content is not null
     where ${managing('e')} <> ''
     union select d.organisation, d.month from due d where d.organisation <> ''
     on conflict do nothing`,
    [
      due.map(({ person }) => person),
      due.map(({ organisation }) => organisation),
      due.map(({ month }) => month),
    ],
  )
}

/** All organisations with a case, from the month in which their first one began. */
async function everybodyDue(sql: Pick<Sql, 'query'>, from: string, to: string): Promise<void> {
  await sql.query(
    `insert into measure_due (organisation, month)
     select o.organisation, d.month from unnest($1::text[]) d(month)
     join (select ${managing('e')} as organisation, min(${textMonth("e.content #>> '{period,start}'")}) as first
       from resource e where e.rt = 'EpisodeOfCare' and e.content is not null and ${managing('e')} <> '' group by 1) o on o.first <= d.month
     on conflict do nothing`,
    [monthsFrom(from, to)],
  )
}

/**
 * Months that these lines of activity touch, however late they come: to be called before they are stored, for what they were, and after. Lines whose days
 * meet are one stay (`staysSql`), so that all its months are due.
 */
export async function noteFeedMonths(
  sql: Pick<Sql, 'query'>,
  lines: readonly Readonly<{ source: string; line: string }>[],
): Promise<void> {
  if (lines.length === 0) return
  await sql.query(
    `with touched as materialized (
       select distinct l.person, l.started, coalesce(l.ended, l.started) as ended from unnest($1::text[], $2::text[]) k(source, line)
       join activity_line l on l.source = k.source and l.line = k.line where l.kind = 'admitted'),
     numbered as (
       select *, count(*) filter (where before is null or started > before) over (partition by person order by started, ended rows unbounded preceding) as stay
       from (select l.person, l.started, coalesce(l.ended, l.started) as ended,
           max(coalesce(l.ended, l.started)) over (partition by l.person order by l.started, l.source, l.line rows between unbounded preceding and 1 preceding) as before
         from activity_line l where l.person in (select person from touched) and l.kind = 'admitted' and not l.cancelled) each_line),
     joined as (select person, min(started) as since, max(ended) as until from numbered group by person, stay),
     spans as (
       select t.person, least(t.started, min(j.since)) as since, greatest(t.started, t.ended, max(j.until)) as until
       from touched t left join joined j on j.person = t.person and j.since <= t.ended and j.until >= t.started group by t.person, t.started, t.ended)
     insert into measure_due (organisation, month)
     select distinct ${managing('e')}, to_char(m, 'YYYY-MM') from spans s
     join resource e on e.rt = 'EpisodeOfCare' and e.person = s.person and e.content is not null
     cross join lateral generate_series(date_trunc('month', greatest(s.since - 29, s.until - interval '${mostMonths + 1} months')), s.until, interval '1 month') m
     where ${managing('e')} <> '' on conflict do nothing`,
    [lines.map(({ source }) => source), lines.map(({ line }) => line)],
  )
}

async function markIn(sql: Sql): Promise<Mark | undefined> {
  const { rows } = await sql.query<Mark>(
    'select month, since::float8 as since from measure_due where organisation = $1',
    [everybody],
  )
  return rows[0]
}

async function keepMark(sql: Sql, { month, since }: Mark): Promise<void> {
  await sql.query('delete from measure_due where organisation = $1', [everybody])
  await sql.query('insert into measure_due (organisation, month, since) values ($1, $2, $3)', [
    ...[everybody, month, since],
  ])
}

/** Takes out of the queue what is counted next: the latest months first, because they are looked at first. */
export async function takeDueMonths(
  sql: Pick<Sql, 'query'>,
  { most, last }: Readonly<{ most: number; last: string }>,
): Promise<readonly Readonly<{ organisation: string; month: string }>[]> {
  const { rows } = await sql.query<{ organisation: string; month: string }>(
    `delete from measure_due d using (
       select organisation, month from measure_due where organisation <> $1 and month <= $3
       order by month desc, organisation limit $2) n
     where d.organisation = n.organisation and d.month = n.month returning d.organisation, d.month`,
    [everybody, most, last],
  )
  return rows
}
