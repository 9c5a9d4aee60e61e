import type {
  Coding,
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemEnableWhen,
} from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl, hl7Extension } from '#domain/fhir/codes.ts'
import type { Instrument, SeparateValue } from './instrument.ts'

/** A choice with its points: `[points, text, code]`; without a code, the points are its code. */
export type Choice = readonly [points: number, display: string, code?: string]

type Head = Readonly<{
  linkId: string
  text: string
  prefix?: string
  required?: boolean
  code?: Coding[]
  enableWhen?: QuestionnaireItemEnableWhen[]
  item?: QuestionnaireItem[]
}>

export function choiceItem(
  head: Head,
  choices: readonly Choice[],
  system = gableCodeSystem,
): QuestionnaireItem {
  return {
    ...{ type: 'choice', required: true, ...head },
    answerOption: choices.map(([points, display, code]) => ({
      valueCoding: {
        ...{ system, code: code ?? `${head.linkId}-${points}`, display },
        extension: [{ url: hl7Extension('ordinalValue'), valueDecimal: points }],
      },
    })),
  }
}

export const yesNoItem = (head: Head): QuestionnaireItem => ({
  ...{ type: 'boolean', required: true, ...head },
})

/** A few lines of text; nobody has to write any. */
export const textItem = (head: Head): QuestionnaireItem => ({
  ...{ type: 'text', required: false, maxLength: 2000, ...head },
})

/** `whole` asks for a whole number. */
export function numberItem(
  head: Head,
  { min, max, whole = false }: Readonly<{ min: number; max: number; whole?: boolean }>,
): QuestionnaireItem {
  const limit = (name: string, value: number) => ({
    url: hl7Extension(name),
    ...(whole ? { valueInteger: value } : { valueDecimal: value }),
  })
  return {
    ...{ type: whole ? ('integer' as const) : ('decimal' as const), required: true, ...head },
    extension: [limit('minValue', min), limit('maxValue', max)],
  }
}

export const groupItem = (
  linkId: string,
  text: string,
  item: QuestionnaireItem[],
): QuestionnaireItem => ({ linkId, type: 'group', text, item })

export const noteItem = (linkId: string, text: string): QuestionnaireItem => ({
  ...{ linkId, type: 'display', text },
})

/** Asked when a yes or no question was answered so. */
export const whenSaid = (
  question: string,
  answerBoolean: boolean,
): QuestionnaireItemEnableWhen[] => [{ question, operator: '=', answerBoolean }]

/** The FHIR resource of an instrument, with its licence and its mark. */
export function questionnaireFrom(
  { id, url, version, title, terms, licence, separate = [] }: Instrument,
  { description, item }: Readonly<{ description: string; item: QuestionnaireItem[] }>,
): Questionnaire & { id: string } {
  return {
    ...{ resourceType: 'Questionnaire', id, url, version, title },
    name: id.replace(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase()),
    ...{ status: 'active', subjectType: ['Patient'], date: '2026-11-30' },
    ...{ description, copyright: terms, item },
    extension: [
      { url: gableUrl('licence-class'), valueCode: licenceCodes[licence] },
      ...(licence === 'pending'
        ? [{ url: gableUrl('pending-clinical-sign-off'), valueBoolean: true }]
        : []),
      ...separate.map(carriedValue),
    ],
  }
}

/** A value that stands for itself, as the questionnaire carries it: docs/assessments.md. */
function carriedValue({ item, name, code, bands, max, better, source }: SeparateValue): Extension {
  return {
    url: gableUrl('assessment-score'),
    extension: [
      { url: 'item', valueString: item },
      { url: 'code', valueCoding: { system: gableCodeSystem, code, display: name } },
      { url: 'source', valueString: source },
      { url: 'max', valueDecimal: max },
      { url: 'better', valueCode: better },
      ...bands.map((band) => ({
        url: 'band',
        extension: [
          { url: 'code', valueCode: band.code },
          { url: 'from', valueDecimal: band.from },
          { url: 'to', valueDecimal: band.to },
          { url: 'name', valueString: band.name },
          { url: 'meaning', valueString: band.meaning },
        ],
      })),
    ],
  }
}

/** As docs/assessments.md has them. */
const licenceCodes = {
  free: 'free',
  pending: 'free',
  own: 'free',
  pack: 'acknowledge',
  'score-only': 'score-only',
} as const
