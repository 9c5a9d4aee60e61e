import type { Questionnaire, Resource } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { boolean, instant, integer, parameters, text } from '#domain/fhir/parameters.ts'
import { library } from './library.ts'

/** Who said that the organisation may use an instrument, when, and on what ground. */
export type LicenceAcknowledgement = Readonly<{
  by: string
  /** an instant */
  at: string
  words: string
}>

export const longestLicenceWords = 1_000

const url = gableUrl('licence-acknowledged')

/** The instruments that may be used only after that. */
export const licencedPacks = library.filter(({ licence }) => licence === 'pack')

/** Whether a canonical address, with or without its version, is of such an instrument. */
export const isPackUrl = (canonical = ''): boolean =>
  licencedPacks.some((each) => each.url === canonical.split('|')[0])

export const isPackQuestionnaire = (resource: Readonly<{ resourceType: string; id?: string }>) =>
  resource.resourceType === 'Questionnaire' &&
  (isPackUrl((resource as Questionnaire).url) || licencedPacks.some(({ id }) => id === resource.id))

/** What was said last, also where it was taken back: `isUsable` tells which. */
export function licenceAcknowledgementIn(questionnaire: Resource | undefined) {
  if (questionnaire?.resourceType !== 'Questionnaire') return undefined
  const parts = questionnaire.extension?.find((each) => each.url === url)?.extension
  if (!parts) return undefined
  const said = (name: string) => {
    const found = parts.find((each) => each.url === name)
    return found?.valueString ?? found?.valueDateTime ?? ''
  }
  const acknowledged: LicenceAcknowledgement = {
    ...{ by: said('by'), at: said('at'), words: said('words') },
  }
  return { ...acknowledged, isUsable: questionnaire.status === 'active' }
}

/** The questionnaire as it is stored from then on; taken back: nobody can begin it any more. */
export function withLicenceAcknowledgement(
  questionnaire: Questionnaire & { id: string },
  { by, at, words }: LicenceAcknowledgement,
  isTakenBack: boolean,
): Questionnaire & { id: string } {
  return {
    ...questionnaire,
    status: isTakenBack ? 'retired' : 'active',
    extension: [
      ...(questionnaire.extension ?? []),
      {
        url,
        extension: [
          { url: 'by', valueString: by },
          { url: 'at', valueDateTime: at },
          { url: 'words', valueString: words },
        ],
      },
    ],
  }
}

/** The input of `$acknowledge-licence`. */
export const acknowledgeLicenceRequest = parameters({
  instrument: text,
  /** on what ground: the licence, its number, or the permission */
  words: text,
  takeBack: boolean,
  /** the version that was seen; 0: nobody said anything yet */
  version: integer,
})

/** The output of `$add-library`. */
export const libraryAdded = parameters({ added: integer })

/** Its output. */
export const licenceAcknowledged = parameters({ version: integer, at: instant })
