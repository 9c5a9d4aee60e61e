import type { Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import { formFromFhir } from '#domain/assessment/fhir.ts'

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'
const hl7 = 'http://hl7.org/fhir/StructureDefinition/'

const path = (expression: string, more: object = {}) => ({
  valueExpression: { language: 'text/fhirpath' as const, expression, ...more },
})
export const calculated = (expression: string): Extension => ({
  ...{ url: `${sdc}calculatedExpression`, ...path(expression) },
})
export const enableWhen = (expression: string): Extension => ({
  ...{ url: `${sdc}enableWhenExpression`, ...path(expression) },
})
export const initially = (expression: string): Extension => ({
  ...{ url: `${sdc}initialExpression`, ...path(expression) },
})
export const variable = (name: string, expression: string): Extension => ({
  ...{ url: `${hl7}variable`, ...path(expression, { name }) },
})
export const asksRecord = (name: string, expression: string): Extension => ({
  url: `${hl7}variable`,
  valueExpression: { language: 'application/x-fhir-query', expression, name },
})
export const constraint = (
  human: string,
  expression: string,
  severity: 'error' | 'warning' = 'error',
): Extension => ({
  url: `${hl7}questionnaire-constraint`,
  extension: [
    ...[
      { url: 'key', valueId: 'rule' },
      { url: 'severity', valueCode: severity },
    ],
    ...[
      { url: 'human', valueString: human },
      { url: 'expression', valueString: expression },
    ],
  ],
})

/** A choice of “none” (0), “some” (1) and “much” (3). */
export const scale = (linkId: string, more: object = {}): QuestionnaireItem => ({
  ...{ linkId, type: 'choice', text: linkId, ...more },
  answerOption: (['none', 'some', 'much'] as const).map((code, place) => ({
    valueCoding: {
      ...{ system: 's', code, display: code },
      extension: [{ url: `${hl7}ordinalValue`, valueDecimal: [0, 1, 3][place] ?? 0 }],
    },
  })),
})
/** An answer to a scale. */
export const said = (code: 'none' | 'some' | 'much' | 'other') => [
  { system: 's', code, display: code },
]

export const total = (expression: string, more: object = {}): QuestionnaireItem => ({
  ...{ linkId: 'total', type: 'integer', text: 'Total', extension: [calculated(expression)] },
  ...more,
})

type Band = readonly [code: string, from: number | undefined, to: number | undefined, when?: string]

/** How a questionnaire declares a score: docs/assessments.md. */
export const scoreOn = (
  item: string,
  bands: readonly Band[],
  more: Extension[] = [],
): Extension => ({
  url: 'https://gable.example/fhir/assessment-score',
  extension: [
    ...[
      { url: 'item', valueString: item },
      { url: 'code', valueCoding: { system: 'https://example.org', code: item, display: item } },
      { url: 'source', valueString: 'Example 2026' },
    ],
    ...more,
    ...bands.map(([code, from, to, when]) => ({
      url: 'band',
      extension: [
        { url: 'code', valueCode: code },
        ...(from === undefined ? [] : [{ url: 'from', valueDecimal: from }]),
        ...(to === undefined ? [] : [{ url: 'to', valueDecimal: to }]),
        { url: 'name', valueString: `Name of ${code}` },
        { url: 'meaning', valueString: `Meaning of ${code}.` },
        ...(when ? [{ url: 'when', ...path(when) }] : []),
      ],
    })),
  ],
})

export const sdcQuestionnaire = (
  item: QuestionnaireItem[],
  more: Partial<Questionnaire> = {},
): Questionnaire & { id: string } => ({
  ...{ resourceType: 'Questionnaire', id: 'own', status: 'active' },
  ...{ url: 'https://example.org/q', version: '1', title: 'Our own', item, ...more },
})

export const sdcForm = (item: QuestionnaireItem[], more: Partial<Questionnaire> = {}) =>
  formFromFhir(sdcQuestionnaire(item, more))
