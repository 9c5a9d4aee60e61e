import type { Extension, Practitioner, PractitionerRole, Resource } from '@medplum/fhirtypes'
import { namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { roleOfCode } from '#domain/access/role-code.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import { extensionsOf, idIn, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type ClaimedAuthors, claimedAuthors, wordsOfName } from '#domain/import/claimed-authors.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type User = Readonly<{ reference: string; numbers: readonly string[]; names: readonly string[][] }>

/** The professionals who work here, as far as these records may name them. */
export type UsersHere = Readonly<{
  /** by themselves or in a role: whom each reference means */
  byReference: ReadonlyMap<string, string>
  /** everybody, if somebody is named by a number or in words only */
  all: readonly User[]
}>

const perQuery = 10_000

/** Those of the authors whom these records name who have an account here: they could have written it themselves. */
export async function usersNamedIn(
  { service, now, zone }: RequestContext,
  resources: readonly Resource[],
): Promise<UsersHere> {
  const claimed = resources.map(claimedAuthors)
  const named = [...new Set(claimed.flatMap(({ references }) => references))]
  const byReference = new Map<string, string>()
  for (let start = 0; start < named.length; start += perQuery)
    for (const [name, who] of await rolesOf(service.sql, named.slice(start, start + perQuery)))
      byReference.set(name, who)
  const isInWords = claimed.some(({ names, numbers }) => names.length + numbers.length > 0)
  return { byReference, all: isInWords ? await allUsers(service.sql, dayIn(zone, now)) : [] }
}

type RoleRow = Readonly<{ id: string; content: PractitionerRole | string }>

async function rolesOf(
  sql: Sql,
  named: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await sql.query<RoleRow>(
    `select r.id, r.content from resource r
     where r.rt = 'PractitionerRole' and r.content is not null
       and (r.content #>> '{practitioner,reference}' = any($1::text[])
         or 'PractitionerRole/' || r.id = any($1::text[]))`,
    [named],
  )
  return rows.flatMap(({ id, content }) => {
    const { code, practitioner } = storedRecord<PractitionerRole>(content)
    const who = `Practitioner/${idIn(practitioner?.reference)}`
    return roleOfCode(code) ? [[`PractitionerRole/${id}`, who] as const, [who, who] as const] : []
  })
}

/** Staff are few, however many professionals of other places came with imports. */
async function allUsers(sql: Sql, today: string): Promise<readonly User[]> {
  const { rows } = await sql.query<{ id: string; content: Practitioner | string }>(
    `select p.id, p.content from resource p
     where p.rt = 'Practitioner' and p.content is not null and p.id in (
       select split_part(r.content #>> '{practitioner,reference}', '/', 2) from resource r
       where r.rt = 'PractitionerRole' and r.content -> 'code' @> $1::jsonb)`,
    [JSON.stringify([{ coding: [{ system: gableCodeSystem }] }])],
  )
  return rows.map(({ id, content }) => {
    const { name = [], identifier = [] } = storedRecord<Practitioner>(content)
    const names = name.map(({ text, given = [], family = '' }) =>
      family ? wordsOfName([...given, family].join(' ')) : wordsOfName(text ?? ''),
    )
    return {
      reference: `Practitioner/${id}`,
      names: names.filter((words) => words.length > 1),
      numbers: identifier.flatMap((each) =>
        each.system && each.value && isCurrentIdentifier(each, today)
          ? `${each.system}|${each.value}`
          : [],
      ),
    }
  })
}

/** True if a record speaks in the name of somebody who works here, and who is not the one who imports it. */
export const speaksForUser = (
  { actor }: RequestContext,
  resource: Resource,
  users: UsersHere,
): boolean => {
  const own = namesOf(actor)
  return namedBy(claimedAuthors(resource), users).some((each) => !own.includes(each))
}

function namedBy(
  { references, numbers, names }: ClaimedAuthors,
  { byReference, all }: UsersHere,
): readonly string[] {
  const isMeant = (user: User) =>
    user.numbers.some((each) => numbers.includes(each)) ||
    user.names.some((words) => names.some((said) => words.every((each) => said.includes(each))))
  return [
    ...references.flatMap((each) => byReference.get(each) ?? []),
    ...all.filter(isMeant).map(({ reference }) => reference),
  ]
}

type Mark = Omit<Extension, 'url'>

/**
 * The record with who brought it: a file only claims that somebody here said it. What an earlier import says about that
 * stays; whoever brings other words stands before those who brought the words of before.
 */
export function withBringer<R extends ResourceWithId>(
  resource: R,
  before: Resource | undefined,
  bringer: Mark,
): R {
  const known = before
    ? extensionsOf(before as never, 'supported-by').map(({ url: _url, ...value }) => value)
    : []
  const { extension: _claimed, ...rest } = resource as R & { extension?: never }
  const marked = (marks: readonly Mark[]) =>
    ({ ...rest, ...withExtensions(resource as never, { 'supported-by': marks }) }) as R
  const unchanged = marked(known)
  if (before && known.length > 0 && changedElements(before, unchanged).length === 0)
    return unchanged
  return marked([bringer, ...known.filter((each) => markOf(each) !== markOf(bringer))])
}

const markOf = ({ valueReference, valueString }: Mark) => valueReference?.reference ?? valueString
