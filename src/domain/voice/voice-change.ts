import type { Basic, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { extensionOf, extensionsOf, idIn, ownCode } from '#domain/fhir/references-and-extensions.ts'

const code = 'voice-change'

/** What an organisation wrote at one time. */
export type ChangeWords = Readonly<{
  words: string
  by: string
  /** id of the Organization */
  organisation: string
  /** an instant */
  at: string
}>

/** What one organisation changed because of the words of a person: the newest version first. */
export type VoiceChange = Readonly<{
  id: string
  person: string
  /** id of the answer that holds the words */
  answer: string
  version: number
  said: readonly ChangeWords[]
}>

export const isVoiceChange = (resource: Resource): resource is Basic =>
  resource.resourceType === 'Basic' &&
  (resource.code?.coding ?? []).some(
    (each) => each.system === gableCodeSystem && each.code === code,
  )

export function voiceChangeToFhir({
  id,
  person,
  answer,
  said,
}: Omit<VoiceChange, 'version'>): Basic & { id: string } {
  return {
    ...{ resourceType: 'Basic', id, code: ownCode(code) },
    subject: { reference: `Patient/${person}` },
    extension: [
      {
        url: gableUrl('about'),
        valueReference: { reference: `QuestionnaireResponse/${answer}` },
      },
      ...said.map(({ words, by, organisation, at }) => ({
        url: gableUrl(code),
        extension: [
          { url: 'words', valueString: words },
          { url: 'by', valueString: by },
          { url: 'organisation', valueId: organisation },
          { url: 'at', valueDateTime: at },
        ],
      })),
    ],
  }
}

export function voiceChangeFromFhir(record: Basic): VoiceChange {
  return {
    ...{ id: record.id ?? '', person: idIn(record.subject?.reference) },
    answer: idIn(extensionOf(record, 'about')?.valueReference?.reference),
    version: Number(record.meta?.versionId ?? 0),
    said: extensionsOf(record, code).map(({ extension = [] }) => {
      const part = (url: string) => extension.find((each) => each.url === url)
      return {
        words: part('words')?.valueString ?? '',
        by: part('by')?.valueString ?? '',
        organisation: part('organisation')?.valueId ?? '',
        at: part('at')?.valueDateTime ?? '',
      }
    }),
  }
}
