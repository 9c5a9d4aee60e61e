import type { Media, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  ownCode,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

const photoCode = 'about-me-photo'

/** A picture of the person, which they chose for About me. It is a record of its own, so that no list carries it. */
export type AboutMePhoto = Readonly<{
  id: string
  version?: string
  person: string
  /** base64 of a JPEG */
  data: string
  /** what the picture shows, for those who do not see it */
  alt: string
  /** how the person said yes, if somebody else put it here */
  agreed: string
  by?: Who
  at?: string
}>

/** One for each person. */
export const photoIdFor = (person: string): string => `photo-${person}`.slice(0, 64)

export const isAboutMePhoto = (resource: Resource): boolean =>
  resource.resourceType === 'Media' &&
  (resource.type?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === photoCode,
  ) ??
    false)

/** Undefined for every other record, and once it was taken away. */
export function photoFromFhir(media: Media): AboutMePhoto | undefined {
  const { data } = media.content ?? {}
  if (!isAboutMePhoto(media) || media.status !== 'completed' || !data) return undefined
  return {
    id: media.id ?? '',
    ...given('version', media.meta?.versionId),
    person: media.subject?.reference?.split('/')[1] ?? '',
    ...{ data, alt: media.content.title ?? '' },
    agreed: extensionOf(media, 'agreed-how')?.valueString ?? '',
    ...given('by', whoFrom(media.operator)),
    ...given('at', media.createdDateTime),
  }
}

type NewPhoto = Pick<AboutMePhoto, 'person' | 'data' | 'alt' | 'agreed'>

export function photoToFhir({ person, data, alt, agreed }: NewPhoto): Media & { id: string } {
  return {
    resourceType: 'Media',
    id: photoIdFor(person),
    status: 'completed',
    type: ownCode(photoCode),
    subject: { reference: `Patient/${person}` },
    content: { contentType: 'image/jpeg', data, title: alt },
    ...withExtensions(undefined, { 'agreed-how': agreed ? [{ valueString: agreed }] : [] }),
  }
}

/** What is left of a picture that was taken away. */
export const noPicture = { contentType: 'image/jpeg' } as const

/** The record without the picture. */
export const photoTakenAway = (person: string): Media & { id: string } => ({
  resourceType: 'Media',
  id: photoIdFor(person),
  status: 'entered-in-error',
  type: ownCode(photoCode),
  subject: { reference: `Patient/${person}` },
  content: noPicture,
})
