import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { choiceItem, questionnaireFrom } from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** The six functions, in our own words. */
const parts = [
  ['bathing', 'Washing the whole body'],
  ['dressing', 'Getting clothes and putting them on'],
  ['toileting', 'Going to the toilet and cleaning oneself'],
  ['transferring', 'Getting in and out of bed and chair'],
  ['continence', 'Keeping control of bladder and bowels'],
  ['feeding', 'Eating'],
] as const

export const katz: Instrument = {
  id: 'katz',
  url: libraryUrl('katz'),
  version: '1.0',
  title: 'Katz index: six basic activities',
  topic: 'daily-living',
  licence: 'pack',
  terms:
    'Katz Index of Independence in Activities of Daily Living (Katz 1963; Hartford Institute for Geriatric Nursing: for education that is not for profit). The words here are ours.',
  rule: {
    questionnaire: libraryUrl('katz'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    items: parts.map(([linkId]) => linkId),
    code: { system: gableCodeSystem, code: 'katz-score', display: 'Katz index score' },
    bands: [
      {
        ...{ code: 'severe', from: 0, to: 2, name: 'Needs help with most' },
        meaning: 'The person needs help with four or more of the six.',
      },
      {
        ...{ code: 'moderate', from: 3, to: 5, name: 'Needs help with some' },
        meaning: 'The person needs help with one to three of the six.',
      },
      {
        ...{ code: 'full', from: 6, to: 6, name: 'Manages all six' },
        meaning: 'The person does all six without help.',
      },
    ],
    max: 6,
    source: 'Katz et al. JAMA 1963;185:914–919',
    caution: 'It sees only large changes. It does not say how hard each of the six is.',
    unverified: 'the bands',
    better: 'higher',
  },
}

export const katzQuestionnaire = questionnaireFrom(katz, {
  description: 'Six activities: with or without the help of another person.',
  item: parts.map(([linkId, text], at) =>
    choiceItem({ linkId, text, prefix: String(at + 1) }, [
      [1, 'Without help, reminding or watching'],
      [0, 'With help, or not at all'],
    ]),
  ),
})
