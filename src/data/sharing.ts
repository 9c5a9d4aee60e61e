import type { AuditEvent, Bundle } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#data/wire/all-records.ts'
import { fhir } from '#data/wire/fhir-client.ts'
import { FhirError } from '#data/wire/fhir-error.ts'
import { looksFrom } from '#domain/story/looks.ts'
import { sharesFrom } from '#domain/story/shares.ts'
import { today } from './clock.ts'

const mostEntries = 500

export const sharingQueries = {
  /** Who looked, changed or was refused; null when this reader may not know. Asked anew each time a page opens. */
  whoLooked: (person: string) =>
    queryOptions({
      queryKey: ['who-looked', person],
      queryFn: ({ signal }) => findLooks(person, signal),
      staleTime: 0,
    }),
  /** Who is close to the person, and what each may see. */
  shares: (person: string) =>
    queryOptions({
      queryKey: ['shares', person],
      queryFn: async ({ signal }) => {
        const patient = `Patient/${person}`
        const [relatives, consents] = await Promise.all([
          allRecords('RelatedPerson', { patient }, signal),
          allRecords('Consent', { patient }, signal),
        ])
        return sharesFrom(relatives, consents, today())
      },
      meta: { kinds: ['RelatedPerson', 'Consent'] },
    }),
}

async function findLooks(person: string, signal: AbortSignal) {
  try {
    const path = `Patient/${person}/$who-looked?_count=${mostEntries}`
    const [trail, organisations] = await Promise.all([
      fhir.operation<Bundle<AuditEvent>>(path, undefined, signal),
      allRecords('Organization', { active: 'true' }, signal),
    ])
    const events = (trail.entry ?? []).flatMap((entry) => entry.resource ?? [])
    return {
      looks: looksFrom(events),
      organisations: new Map(organisations.map((each) => [each.id ?? '', each.name ?? ''])),
      hasOlder: trail.link?.some((link) => link.relation === 'next') ?? false,
    }
  } catch (error) {
    if (error instanceof FhirError && (error.kind === 'forbidden' || error.kind === 'missing'))
      return null
    throw error
  }
}

export type WhoLooked = NonNullable<Awaited<ReturnType<typeof findLooks>>>
