import type { Observation } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { carerWordsCode } from './carer-words-code.ts'

/** How it is for a carer, in their own words, and how heavy it is: their own number, from 0 to 10. */
export type CarerWords = Readonly<{
  id: string
  person: string
  words: string
  heavy?: number | undefined
  by: Who
  at: string
}>

const isOurs = ({ code }: Observation, wanted: string) =>
  code?.coding?.some(({ system, code: own }) => system === gableCodeSystem && own === wanted) ??
  false

export const carerWordsToFhir = ({
  id,
  person,
  words,
  heavy,
  by,
  at,
}: CarerWords): Observation & { id: string } => ({
  ...{ resourceType: 'Observation', id, status: 'final' },
  code: { ...ownCode(carerWordsCode), text: 'How it is for me as a carer' },
  subject: { reference: `Patient/${person}` },
  effectiveDateTime: at,
  performer: [referenceTo(by)],
  ...(words.trim() ? { valueString: words.trim() } : {}),
  ...(heavy === undefined
    ? {}
    : { component: [{ code: ownCode('carer-heavy'), valueInteger: heavy }] }),
})

export function carerWordsFromFhir(record: Observation): CarerWords | undefined {
  const by = whoFrom(record.performer?.[0])
  if (!isOurs(record, carerWordsCode) || record.status === 'entered-in-error' || !by)
    return undefined
  return {
    id: record.id ?? '',
    person: idIn(record.subject?.reference),
    words: record.valueString ?? '',
    ...given('heavy', record.component?.[0]?.valueInteger),
    by,
    at: record.effectiveDateTime ?? '',
  }
}
