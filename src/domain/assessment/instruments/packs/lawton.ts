import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { choiceItem, questionnaireFrom } from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** The eight activities, in our own words. */
const parts = [
  ['telephone', 'Using a telephone'],
  ['shopping', 'Shopping for what is needed'],
  ['food', 'Planning and making meals'],
  ['housekeeping', 'Keeping the home in order'],
  ['laundry', 'Laundry'],
  ['transport', 'Travelling'],
  ['medicines', 'Taking own medicines'],
  ['finances', 'Handling money'],
] as const

export const lawton: Instrument = {
  id: 'lawton',
  url: libraryUrl('lawton'),
  version: '1.0',
  title: 'Lawton scale: eight activities at home',
  topic: 'daily-living',
  licence: 'pack',
  terms:
    'Lawton Instrumental Activities of Daily Living Scale (Lawton and Brody 1969; © Gerontological Society of America: for education that is not for profit). The words here are ours.',
  rule: {
    questionnaire: libraryUrl('lawton'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    items: parts.map(([linkId]) => linkId),
    code: { system: gableCodeSystem, code: 'lawton-score', display: 'Lawton IADL score' },
    bands: [
      {
        ...{ code: 'needs-help', from: 0, to: 7, name: 'Needs help with some' },
        meaning: 'The person needs help with at least one of the eight. No bands were published.',
      },
      {
        ...{ code: 'manages-all', from: 8, to: 8, name: 'Manages all eight' },
        meaning: 'The person does all eight without help.',
      },
    ],
    max: 8,
    source: 'Lawton, Brody. Gerontologist 1969;9:179–186',
    caution: 'Some people never did some of the eight. Ask what has changed.',
    better: 'higher',
  },
}

export const lawtonQuestionnaire = questionnaireFrom(lawton, {
  description: 'Eight activities: with or without the help of another person.',
  item: parts.map(([linkId, text], at) =>
    choiceItem({ linkId, text, prefix: String(at + 1) }, [
      [1, 'By themselves'],
      [0, 'With help, or not at all'],
    ]),
  ),
})
