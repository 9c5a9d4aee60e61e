import type { Basic } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type KeptKind, keptKindOf } from '#domain/social-care/kept-kind.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Wanted = Readonly<{ kind: KeptKind; id: string; person: string }>

/** Two who write about the same person at once wait for each other. */
export async function lockSocialCare({ service }: RequestContext, person: string): Promise<void> {
  await service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `social-care ${person}`,
  ])
}

/**
 * A record of this person as it stands; undefined if it is new. Throws 409 for an id that is something else’s, and 404
 * for a record that the caller may not read now.
 */
export async function keptRecord(
  { service, store, accessScope }: RequestContext,
  { kind, id, person }: Wanted,
): Promise<(Basic & { id: string }) | undefined> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw new FhirProblem(400, 'value', 'Give it an id')
  const stored = await service.store.read('Basic', id, everyone)
  if (!stored) return undefined
  const { resource, version } = stored
  if (!resource || keptKindOf(resource) !== kind || stored.person !== person)
    throw new FhirProblem(409, 'conflict', 'This id is in use')
  if (!(await store.read('Basic', id, accessScope.scope))?.resource) throw notFound()
  const record = resource as Basic
  return { ...record, id, meta: { ...record.meta, versionId: String(version) } }
}

/** All records of one kind of a person, the oldest first. */
export async function keptOfPerson(
  { service }: RequestContext,
  { kind, person }: Omit<Wanted, 'id'>,
): Promise<readonly (Basic & { id: string })[]> {
  const { rows } = await service.sql.query<{ id: string; vid: number; content: unknown }>(
    `select r.id, r.vid, r.content from resource r
     where r.person = $1 and r.rt = 'Basic' and r.content is not null order by r.rid`,
    [person],
  )
  return rows
    .map(({ id, vid, content }) => {
      const record = storedRecord(content) as Basic
      return { ...record, id, meta: { ...record.meta, versionId: String(vid) } }
    })
    .filter((record) => keptKindOf(record) === kind)
}

/** What was read is what stands: nothing that somebody wrote since is overwritten. Throws 409. */
export function mustBeVersion(standing: Readonly<{ version: number }> | undefined, read: number) {
  if ((standing?.version ?? 0) === read) return
  throw new FhirProblem(
    ...([409, 'conflict'] as const),
    'Somebody changed this meanwhile. What you wrote is kept: read theirs, then save again',
  )
}

/** The record as it is shown once it is written: with the labels that it had. */
export const asWritten = (
  record: ResourceWithId,
  version: number,
  before: ResourceWithId | undefined,
): ResourceWithId => ({
  ...record,
  meta: { ...before?.meta, ...record.meta, versionId: String(version) },
})

export const unsound = (words: string, parameter: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: parameter })
