import type { Extension, PractitionerRole, Resource } from '@medplum/fhirtypes'
import { namesOf } from '#domain/access/actor.ts'
import { roleOfCode } from '#domain/access/role-code.ts'
import { extensionsOf, idIn, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { claimedAuthors } from '#domain/import/claimed-authors.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** References to the professionals who work here, by themselves or in a role. */
export type UsersHere = ReadonlySet<string>

const most = 10_000

/** Those of the authors whom these records name who have an account here: they could have written it themselves. */
export async function usersNamedIn(
  { service }: RequestContext,
  resources: readonly Resource[],
): Promise<UsersHere> {
  const named = [...new Set(resources.flatMap(claimedAuthors))].slice(0, most)
  if (named.length === 0) return new Set()
  const { rows } = await service.sql.query<{ id: string; content: PractitionerRole | string }>(
    `select r.id, r.content from resource r
     where r.rt = 'PractitionerRole' and r.content is not null
       and (r.content #>> '{practitioner,reference}' = any($1::text[])
         or 'PractitionerRole/' || r.id = any($1::text[]))`,
    [named],
  )
  const found = rows.flatMap(({ id, content }) => {
    const { code, practitioner } = storedRecord<PractitionerRole>(content)
    const who = `Practitioner/${idIn(practitioner?.reference)}`
    return roleOfCode(code) ? [`PractitionerRole/${id}`, who] : []
  })
  return new Set(found)
}

/** True if a record speaks in the name of somebody who works here, and who is not the one who imports it. */
export const speaksForUser = (
  { actor }: RequestContext,
  resource: Resource,
  users: UsersHere,
): boolean => {
  const own = namesOf(actor)
  return claimedAuthors(resource).some((each) => users.has(each) && !own.includes(each))
}

type Mark = Omit<Extension, 'url'>

/**
 * The record with who brought it: a file only claims that somebody here said it. What an earlier import says about that
 * stays, while the record is the same.
 */
export function withBringer<R extends ResourceWithId>(
  resource: R,
  before: Resource | undefined,
  bringer: Mark,
): R {
  const known = before ? extensionsOf(before as never, 'supported-by') : []
  const marks = known.length > 0 ? known.map(({ url: _url, ...value }) => value) : [bringer]
  const { extension: _claimed, ...rest } = resource as R & { extension?: never }
  return { ...rest, ...withExtensions(resource as never, { 'supported-by': marks }) } as R
}
