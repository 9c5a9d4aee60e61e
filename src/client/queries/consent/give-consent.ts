import type { Consent } from '@medplum/fhirtypes'
import { now, nowHere } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { namedIn } from '#domain/consent/consent.ts'
import {
  type ConsentGiven,
  consentIdFor,
  consentToFhir,
  isShareWith,
} from '#domain/consent/consent-fhir.ts'
import type { WaitingShare } from '#domain/consent/shares.ts'

/** Gives, changes or ends what somebody close may see, in one transaction: earlier shares with the same person end. */
export async function giveConsent(given: ConsentGiven): Promise<void> {
  const { person, relative } = given
  const reference = `RelatedPerson/${relative}`
  if (given.read.length === 0) return await endConsents(person, reference)
  const id = consentIdFor(relative)
  const share = consentToFhir(given, nowHere())
  await saveTogether({
    edits: [
      ...(await endingsOf(person, [reference], id)),
      {
        ...{ type: 'Consent', id },
        onto: (current) => ({ ...share, ...(current?.meta ? { meta: current.meta } : {}) }),
      },
    ],
  })
}

/**
 * Ends whatever was shared with somebody (a reference), no matter who wrote it. Creates nothing new, so nothing can
 * prevent it.
 */
export async function endConsents(person: string, reference: string): Promise<void> {
  await saveTogether({ edits: await endingsOf(person, [reference]) })
}

/**
 * The person’s agreement to what was written down for them, exactly as they read it; earlier shares with the same
 * people end.
 */
export async function acceptConsent(person: string, { id, seen }: WaitingShare): Promise<void> {
  const { meta: _meta, ...words } = seen
  const given: Consent = {
    ...words,
    status: 'active',
    dateTime: now().toISOString(),
    performer: [{ reference: `Patient/${person}` }],
  }
  await saveTogether({
    edits: [
      ...(await endingsOf(person, namedIn(seen), id)),
      {
        ...{ type: 'Consent', id },
        onto: (current) => ({ ...given, id, ...(current?.meta ? { meta: current.meta } : {}) }),
      },
    ],
  })
}

/** The person's refusal: it stays in the record as refused. */
export async function declineConsent({ id }: WaitingShare): Promise<void> {
  await saveTogether({ edits: [standingAs(id, 'rejected')] })
}

/** Ends each share in force with one of these people, except one that is written again. */
async function endingsOf(
  person: string,
  references: readonly string[],
  except = '',
): Promise<readonly Edit[]> {
  const query = { patient: `Patient/${person}` }
  const consents = await allRecords('Consent', query, new AbortController().signal)
  const earlier = consents.filter((each) => isShareWith(each, references))
  return earlier.flatMap(({ id }) => (id && id !== except ? [standingAs(id, 'inactive')] : []))
}

const standingAs = (id: string, status: Consent['status']): Edit => ({
  ...{ type: 'Consent', id },
  onto: (current) => (current ? { ...(current as Consent), id, status } : undefined),
})
