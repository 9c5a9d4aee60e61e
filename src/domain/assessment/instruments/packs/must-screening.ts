import type { Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import {
  expressionUrls,
  fhirPathLanguage,
  fhirQueryLanguage,
} from '#domain/assessment/expressions/form-expressions.ts'
import type { FormAnswers } from '#domain/assessment/form.ts'
import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  numberItem,
  questionnaireFrom,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'
import type { ScorePart, WorkedOut } from '#domain/assessment/instruments/score-rule.ts'
import { gableCodeSystem, loincSystem } from '#domain/fhir/codes.ts'

const part = (code: string, display: string, value: number): ScorePart => ({
  code: { system: gableCodeSystem, code, display },
  value,
})

const pointsFor = (value: number, one: boolean, two: boolean): number => {
  if (Number.isNaN(value)) return Number.NaN
  if (two) return 2
  return one ? 1 : 0
}

/** Kilograms to a tenth and centimetres are whole numbers, so that an edge is an edge. */
function workOut(answers: FormAnswers): WorkedOut | undefined {
  const tenths = (linkId: string) => {
    const [said] = answers[linkId] ?? []
    // nobody weighs nothing: a share of it would be no share
    return typeof said === 'number' && said > 0 ? Math.round(said * 10) : Number.NaN
  }
  const [height, weight, before] = [tenths('height'), tenths('weight'), tenths('weight-before')]
  // height in tenths of a centimetre: kg/m² = (weight/10) / (height/1000)²
  const bmi = (weight * 100_000) / (height * height)
  const lost = ((before - weight) * 100) / before
  const isIll = answers['acutely-ill']?.[0]
  const parts = [
    part('must-bmi', 'MUST body mass index', pointsFor(bmi, bmi <= 20, bmi < 18.5)),
    part('must-weight-loss', 'MUST weight loss', pointsFor(lost, lost >= 5, lost > 10)),
    part('must-acute', 'MUST acute disease effect', isIll === true ? 2 : 0),
  ]
  const value = parts.reduce((sum, each) => sum + Number(each.value), 0)
  return Number.isNaN(value) || typeof isIll !== 'boolean' ? undefined : { value, parts }
}

/** The newest of its kind on the record, in this unit only; it can be corrected. LOINC 8302-2 height, 29463-7 weight. */
const lastOf = (name: string, code: string): Extension => ({
  url: expressionUrls.variable,
  valueExpression: {
    ...{ language: fhirQueryLanguage, name },
    expression: `Observation?patient={{%patient.id}}&code=${loincSystem}|${code}&_sort=-date&_count=1`,
  },
})

const fromLast = (
  item: QuestionnaireItem,
  [name, unit]: readonly [string, string],
): QuestionnaireItem => ({
  ...item,
  extension: [
    ...(item.extension ?? []),
    {
      url: expressionUrls.initial,
      valueExpression: {
        language: fhirPathLanguage,
        expression: `%${name}.entry.resource.where(status = 'final' or status = 'amended' or status = 'corrected').value.where(code = '${unit}').value`,
      },
    },
  ],
})

/** Body mass index over 20: 0, 18.5 to 20: 1, under 18.5: 2. Loss under 5%: 0, 5 to 10%: 1, over 10%: 2. Acutely ill: 2. */
export const mustScreening: Instrument = {
  id: 'must',
  url: libraryUrl('must'),
  version: '1.0',
  title: 'MUST: risk of malnutrition',
  topic: 'nutrition',
  licence: 'pack',
  terms:
    'The “Malnutrition Universal Screening Tool” (“MUST”) is of BAPEN (British Association for Parenteral and Enteral Nutrition). Electronic use needs its permission. The words here are ours.',
  rule: {
    questionnaire: libraryUrl('must'),
    versions: ['1.0'],
    method: 'worked-out',
    items: ['height', 'weight', 'weight-before', 'acutely-ill'],
    workOut,
    code: { system: gableCodeSystem, code: 'must-score', display: 'MUST score' },
    bands: [
      {
        ...{ code: 'low', from: 0, to: 0, name: 'Low risk' },
        meaning: 'Routine care. Weigh again as your local policy says.',
      },
      {
        ...{ code: 'medium', from: 1, to: 1, name: 'Medium risk' },
        meaning: 'Write down what is eaten for three days, and weigh again.',
      },
      {
        ...{ code: 'high', from: 2, to: 6, name: 'High risk' },
        meaning: 'Ask for a dietitian, and make a plan for eating and drinking.',
      },
    ],
    max: 6,
    source: 'BAPEN, “MUST”, 2003 and later',
    caution: 'Swelling and lost limbs change weight. It does not say why somebody has lost weight.',
    unverified: 'the limits and the steps',
    better: 'lower',
  },
}

const mustItems = questionnaireFrom(mustScreening, {
  description: 'Height, weight now and three to six months ago, and one question about illness.',
  item: [
    fromLast(
      numberItem({ linkId: 'height', text: 'Height in centimetres' }, { min: 100, max: 230 }),
      ['height', 'cm'],
    ),
    fromLast(
      numberItem({ linkId: 'weight', text: 'Weight now, in kilograms' }, { min: 20, max: 300 }),
      ['weight', 'kg'],
    ),
    numberItem(
      { linkId: 'weight-before', text: 'Weight three to six months ago, in kilograms' },
      { min: 20, max: 300 },
    ),
    yesNoItem({
      linkId: 'acutely-ill',
      text: 'Is the person acutely ill, and has eaten (or is likely to eat) nothing for more than five days?',
    }),
  ],
})

/** Height and weight stand first as the record has them last. */
export const mustQuestionnaire: Questionnaire & { id: string } = {
  ...mustItems,
  extension: [
    ...(mustItems.extension ?? []),
    lastOf('height', '8302-2'),
    lastOf('weight', '29463-7'),
  ],
}
