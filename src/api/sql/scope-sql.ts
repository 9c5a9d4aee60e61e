import type { Scope } from '#domain/access/scope.ts'
import type { Params } from './params.ts'

/**
 * The scope as a condition on a table that has `person` and `room`. Records without a person are reference data, open to
 * everyone who is signed in; those about several people (person '*') are within the scope over all people only.
 */
export function scopeSql(scope: Scope, table: string, params: Params, now: Date): string {
  const { people } = scope
  if (people.kind === 'all') return 'true'
  if (people.kind === 'none') return `${table}.person is null`
  if (people.kind === 'related')
    return `(${table}.person is null or ${isRelated(people, table, params, now)})`
  const open = `(${table}.person is null and ${table}.room <> 'professional')`
  const each = people.people.map(
    ({ person, rooms }) =>
      `(${table}.person = ${params.add(person, 'text')} and ${table}.room = any(${params.add([...rooms], 'text[]')}))`,
  )
  return `(${[open, ...each].join(' or ')})`
}

type Related = Extract<Scope['people'], { kind: 'related' }>

/** EXISTS, not IN: for one person the database looks at her few relations only, for many it may still gather them all first. */
function isRelated(related: Related, table: string, params: Params, now: Date): string {
  const ways = [
    related.organisation === undefined ? '' : `l.org = ${params.add(related.organisation, 'text')}`,
    related.practitioner === undefined
      ? ''
      : `l.agent = ${params.add(related.practitioner, 'text')}`,
  ].filter(Boolean)
  if (ways.length === 0) return 'false'
  return `exists (select 1 from relation l where l.person = ${table}.person
    and (${ways.join(' or ')}) and (l.until is null or l.until > ${params.add(now, 'timestamptz')}))`
}
