import type { Resource } from '@medplum/fhirtypes'
import { longestAnswerWords, longestRecordWords } from '#domain/fhir/longest-words.ts'
import { FhirProblem } from '#server/problem.ts'

const inEnglish = new Intl.NumberFormat('en-GB')

/** Refused whole and never cut: whoever wrote it still has it, and shortens it. */
export const tooManyWords = (text: string, most: number, expression?: string): FhirProblem =>
  new FhirProblem(
    422,
    'too-long',
    `This text has ${inEnglish.format(text.length)} characters, and at most ${inEnglish.format(most)} can be kept. Nothing was saved: shorten it, and save again`,
    expression ? { expression } : {},
  )

/** Throws 422. */
export function mustBeShort(text: string, most: number = longestAnswerWords): string {
  const trimmed = text.trim()
  if (trimmed.length > most) throw tooManyWords(trimmed, most)
  return trimmed
}

/** Elements in which people write words. */
const wordKeys: readonly string[] = [
  ...['text', 'contentString', 'description', 'valueString', 'patientInstruction', 'comment'],
]

/** Of these an answer is given, or a reason. */
const answerKeys: readonly string[] = ['statusReason', 'reasonCode']

/** Words that came long with an import stay when something else is changed. Throws 422. */
export function mustHaveShortWords(resource: Resource, before: Resource | undefined): void {
  const stand = new Set<string>()
  eachWords(before, '', (text) => stand.add(text))
  eachWords(resource, resource.resourceType, (text, place) => {
    const most = isAnswer(place) ? longestAnswerWords : longestRecordWords
    if (text.length > most && !stand.has(text)) throw tooManyWords(text, most, place)
  })
}

const isAnswer = (place: string) => place.split(/[.[]/).some((each) => answerKeys.includes(each))

function eachWords(value: unknown, place: string, take: (text: string, place: string) => void) {
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value)) {
    const here = Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`
    if (typeof each !== 'string') eachWords(each, here, take)
    else if (wordKeys.includes(key)) take(each, here)
  }
}
