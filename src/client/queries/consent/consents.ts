import type { AuditEvent, Bundle } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday, clockZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { lastChangesOf } from '#client/queries/care-plan/last-changes.ts'
import { accessSummaryFrom } from '#domain/audit/access-summary.ts'
import { withheldAnswer } from '#domain/consent/given-to-me.ts'
import { sharesFrom, waitingFrom } from '#domain/consent/shares.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { accessNewsFrom } from '#domain/today/access-news.ts'

const mostEntries = 500

export const consentQueries = {
  /** Whether something that the person may know of is hidden from them; never what, or how much. */
  isWithheld: (person: string) =>
    queryOptions({
      queryKey: ['withheld', person],
      queryFn: async ({ signal }) => {
        const answer = await fhir.operation(`Patient/${person}/$withheld`, undefined, signal)
        return withheldAnswer.read(answer).withheld
      },
      staleTime: 0,
    }),
  /** Who opened, changed or was refused; null if this user may not know. Loaded each time a page opens. */
  whoLooked: (person: string) =>
    queryOptions({
      queryKey: ['who-looked', person],
      queryFn: ({ signal }) => findAccessLog(person, signal),
      staleTime: 0,
    }),
  /** Changes of who can see the person, newest first, as the service recorded them. */
  accessNews: (person: string) =>
    queryOptions({
      queryKey: ['access-news', person],
      queryFn: async ({ signal }) => accessNewsFrom(await lastChangesOf(person, signal)),
      meta: { kinds: ['Provenance', 'CareTeam', 'EpisodeOfCare', 'Consent', 'Task', 'Patient'] },
    }),
  /** Who is close to the person, what each may see, what waits for the person to agree, and who wrote it down. */
  shares: (person: string) =>
    queryOptions({
      queryKey: ['shares', person],
      queryFn: async ({ signal }) => {
        const patient = `Patient/${person}`
        const [relatives, consents] = await Promise.all([
          allRecords('RelatedPerson', { patient }, signal),
          allRecords('Consent', { patient }, signal),
        ])
        const shares = sharesFrom(relatives, consents, clockToday())
        const waiting = waitingFrom(relatives, consents, clockToday())
        const writers = [...shares, ...waiting].flatMap(({ writtenBy }) => writtenBy)
        return { shares, waiting, writers: await namesOf(writers, signal) }
      },
      meta: { kinds: ['RelatedPerson', 'Consent'] },
    }),
}

async function namesOf(
  references: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const ids = references.flatMap((each) => /^Practitioner\/(.+)$/.exec(each)?.[1] ?? [])
  if (ids.length === 0) return new Map()
  const found = await allRecords('Practitioner', { _id: [...new Set(ids)].join(',') }, signal)
  return new Map(
    found.map(({ id, name }) => [`Practitioner/${id}`, nameInWords(name, clockToday())]),
  )
}

async function findAccessLog(person: string, signal: AbortSignal) {
  try {
    const path = `Patient/${person}/$who-looked?_count=${mostEntries}`
    const [log, organisations] = await Promise.all([
      fhir.operation<Bundle<AuditEvent>>(path, undefined, signal),
      allRecords('Organization', { active: 'true' }, signal),
    ])
    const events = (log.entry ?? []).flatMap((entry) => entry.resource ?? [])
    return {
      entries: accessSummaryFrom(events, clockZone()),
      organisations: new Map(organisations.map((each) => [each.id ?? '', each.name ?? ''])),
      hasOlder: log.link?.some((link) => link.relation === 'next') ?? false,
    }
  } catch (error) {
    if (error instanceof FhirError && (error.kind === 'forbidden' || error.kind === 'missing'))
      return null
    throw error
  }
}

export type WhoLooked = NonNullable<Awaited<ReturnType<typeof findAccessLog>>>
