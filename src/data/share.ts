import type { Consent } from '@medplum/fhirtypes'
import { allRecords } from '#data/wire/all-records.ts'
import { noteChange } from '#data/wire/changes.ts'
import { type Edit, saveTogether } from '#data/writing/save.ts'
import { type Given, isShareWith, shareIdFor, shareToFhir } from '#domain/story/share-fhir.ts'
import { now } from './clock.ts'

/** Gives, changes or ends what somebody close may see, in one transaction: earlier shares with the same one end. */
export async function saveShare(given: Given): Promise<void> {
  const { person, relative } = given
  const consents = await allRecords(
    'Consent',
    { patient: `Patient/${person}` },
    new AbortController().signal,
  )
  const earlier = consents.filter((each) => isShareWith(each, relative))
  const share = shareToFhir(given, now().toISOString())
  await saveTogether({
    edits: [
      ...earlier.flatMap(({ id }) => (id ? [ended(id)] : [])),
      {
        ...{ type: 'Consent', id: shareIdFor(relative) },
        onto: (current) => ({ ...share, ...(current?.meta ? { meta: current.meta } : {}) }),
      },
    ],
  })
  await noteChange(['Consent'])
}

const ended = (id: string): Edit => ({
  ...{ type: 'Consent', id },
  onto: (current) =>
    current ? { ...(current as Consent), id, status: 'inactive' as const } : undefined,
})
