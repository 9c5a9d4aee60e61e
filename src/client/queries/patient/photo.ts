import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import {
  type AboutMePhoto,
  photoFromFhir,
  photoTakenAway,
  photoToFhir,
} from '#domain/photo/about-me-photo.ts'

/** The picture of a person, apart from everything else about them; null without one, and for who may not see it. */
export const photoQuery = (person: string) =>
  queryOptions({
    queryKey: ['photo', person],
    queryFn: async ({ signal }): Promise<AboutMePhoto | null> => {
      try {
        const found = await allRecords('Media', { patient: `Patient/${person}` }, signal)
        return found.flatMap((each) => photoFromFhir(each) ?? [])[0] ?? null
      } catch (error) {
        if (error instanceof FhirError && error.kind === 'forbidden') return null
        throw error
      }
    },
    meta: { kinds: ['Media'] },
  })

type Chosen = Readonly<{ person: string; data: string; alt: string; agreed: string }>

async function savePhoto(record: ReturnType<typeof photoToFhir>): Promise<void> {
  const standing = await versionOf(record.id)
  if (standing) await fhir.update({ ...record, meta: { versionId: standing } })
  else await fhir.create(record)
  await noteChangeEvent(['Media'])
}

async function versionOf(id: string): Promise<string | undefined> {
  try {
    return (await fhir.read('Media', id))?.meta?.versionId
  } catch (error) {
    if (error instanceof FhirError && error.kind !== 'unreachable') return undefined
    throw error
  }
}

/** Puts a picture there, instead of the one before. */
export async function choosePhoto(chosen: Chosen): Promise<void> {
  await savePhoto(photoToFhir(chosen))
}

export async function takePhotoAway(person: string): Promise<void> {
  await savePhoto(photoTakenAway(person))
}

export const photoSource = ({ data }: Pick<AboutMePhoto, 'data'>): string =>
  `data:image/jpeg;base64,${data}`
