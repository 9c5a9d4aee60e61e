import { breakGlassMinutes } from '#domain/access/break-glass.ts'
import { namedAccessLabels } from '#domain/access/labels/access-label.ts'
import type { Scope } from '#domain/access/scope.ts'
import type { Params } from '#server/store/params.ts'

/**
 * How many rows a statement reads: for few rows each relation is looked up, for many all relations are gathered once.
 */
export type Reads = 'few' | 'many'

type SqlContext = Readonly<{ params: Params; now: Date; reads: Reads }>

/**
 * The scope as a condition on a table that has `person` and `room`. Records without a person are reference data, open
 * to every signed-in user; those about several people (person '*') are only within the scope over all people.
 */
export function scopeSql(
  scope: Scope,
  table: string,
  params: Params,
  now: Date,
  reads: Reads = 'few',
): string {
  const within = peopleSql(scope, table, { params, now, reads })
  if (!scope.types) return within
  return `(${within} and ${table}.rt = any(${params.add([...scope.types], 'text[]')}))`
}

function peopleSql({ people }: Scope, table: string, context: SqlContext): string {
  const { params } = context
  if (people.kind === 'all') return people.isActor ? `${table}.room <> 'safeguarding'` : 'true'
  if (people.kind === 'none') return `${table}.person is null`
  if (people.kind === 'related')
    return `(${table}.person is null or ${isRelated(people, table, context)})`
  const open = `(${table}.person is null and ${table}.room <> 'professional')`
  const each = people.people.map(
    ({ person, rooms }) =>
      `(${table}.person = ${params.add(person, 'text')} and ${openedSql(table, params.add([...rooms], 'text[]'))})`,
  )
  return `(${[open, ...each].join(' or ')})`
}

/** A room has a plain name, or is named by the keys that open it (`carer-room.ts`). */
const openedSql = (table: string, keys: string) =>
  `(${table}.room = any(${keys}) or (${table}.room like 'own %' and string_to_array(${table}.room, ' ') && ${keys}))`

/**
 * The same on `person_row`, one row a person: made for counting everyone. `open_to` decides for most people by itself; whom it
 * leaves out is in one of two small sets of the actor's own (migration 0070), and not looked for among everybody's relations.
 */
export function personRowScopeSql(scope: Scope, table: string, params: Params, now: Date): string {
  const { people } = scope
  if (people.kind !== 'related' || scope.types) return scopeSql(scope, table, params, now)
  const { organisation = null, practitioner = null } = people
  if (organisation === null && practitioner === null) return 'false'
  const org = params.add(organisation, 'text')
  const reader = `${org}, ${params.add(practitioner, 'text')}, ${params.add(now, 'timestamptz')}, ${params.add(longestGlass(now), 'timestamptz')}`
  const among = (byName: boolean) =>
    `${table}.person in (select people_beside(${reader}, ${byName}))`
  const ordinary = `${table}.room not in (${restrictedSql})`
  return `((${ordinary} and (coalesce(${org} = any(${table}.open_to), false) or ${among(false)})) or ${among(true)})`
}

type Related = Extract<Scope['people'], { kind: 'related' }>

function isRelated(related: Related, table: string, { params, now, reads }: SqlContext): string {
  const relationSql = waysSql(related, params)
  if (relationSql.length === 0) return 'false'
  return `(${table}.room not in ('alone', 'safeguarding') and ${isRelatedTo(relationSql, table, { params, now, reads })})`
}

function isRelatedTo(relationSql: Ways, table: string, { params, now, reads }: SqlContext): string {
  const ordinary = `${table}.room not in (${restrictedSql})`
  const holds = holdsSql(params, now)
  if (reads === 'many') return isAmong(relationSql, { table, ordinary, holds })
  const each = relationSql.map(({ named, sql }) =>
    named ? sql : `(${sql} and ${ordinary} and ${isNotSealed})`,
  )
  return `exists (select 1 from relation l where l.person = ${table}.person
    and (${each.join(' or ')}) and ${holds} offset 0)`
}

type Ways = ReturnType<typeof waysSql>

/** The same, by sets of people that depend on no row. */
function isAmong(
  relationSql: Ways,
  { table, ordinary, holds }: Readonly<Record<'table' | 'ordinary' | 'holds', string>>,
): string {
  const among = (way: string) =>
    `${table}.person in (select l.person from relation l where ${way} and ${holds})`
  const working = relationSql.flatMap(({ named, sql }) => (named ? [] : [sql]))
  const byWork = `(${ordinary} and ${among(`(${working.join(' or ')}) and ${isNotSealed}`)})`
  const byName = relationSql.flatMap(({ named, sql }) => (named ? [among(sql)] : []))
  return `(${[byWork, ...byName].join(' or ')})`
}

const restrictedSql = namedAccessLabels.map((room) => `'${room}'`).join(', ')

/** An organisation gives no access to a person whose whole record is restricted: their Patient leaves a row that says so. */
const isNotSealed = `l.person not in (select s.person from relation s where s.kind = 'sealed')`

/**
 * How rows of `relation l` name the actor: themselves, or their organisation. Being named by somebody who is not named
 * themselves opens no more than the organisation does.
 */
function waysSql(
  { organisation, practitioner }: Related,
  params: Params,
): readonly Readonly<{ named: boolean; sql: string }>[] {
  const org = organisation === undefined ? [] : [`l.org = ${params.add(organisation, 'text')}`]
  const agent = practitioner === undefined ? [] : [`l.agent = ${params.add(practitioner, 'text')}`]
  return [
    ...[...org, ...agent].map((sql) => ({ named: false, sql })),
    ...agent.map((sql) => ({ named: true, sql: `(${sql} and l.vouched)` })),
  ]
}

/** An opening that would last longer than allowed was started by a clock that was ahead. */
const longestGlass = (now: Date) => new Date(now.getTime() + (breakGlassMinutes + 5) * 60_000)

const holdsSql = (params: Params, now: Date) =>
  `(l.until is null or (l.until > ${params.add(now, 'timestamptz')}
    and (l.kind <> 'glass' or l.until < ${params.add(longestGlass(now), 'timestamptz')})))`

/** Each current relation of the actor to one person: its kind, and whether it names the actor personally. */
export function relationsSql(related: Related, person: string, params: Params, now: Date): string {
  const relationSql = waysSql(related, params).map(({ named, sql }) =>
    named ? sql : `(${sql} and ${isNotSealed})`,
  )
  const named = related.practitioner
    ? `coalesce(l.agent = ${params.add(related.practitioner, 'text')} and l.vouched, false)`
    : 'false'
  return `select distinct l.kind, ${named} as named from relation l
    where l.person = ${params.add(person, 'text')} and (${relationSql.join(' or ') || 'false'})
      and ${holdsSql(params, now)}`
}
