import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  choiceItem,
  groupItem,
  questionnaireFrom,
} from '#domain/assessment/instruments/question-items.ts'
import { phq9Answers } from '#domain/assessment/instruments.ts'
import { loincSystem } from '#domain/fhir/codes.ts'
import { phq9 } from './phq9.ts'

/** LOINC panel 69737-5. */
const texts = [
  ['69725-0', 'Feeling nervous, anxious, or on edge'],
  ['68509-9', 'Not being able to stop or control worrying'],
  ['69733-4', 'Worrying too much about different things'],
  ['69734-2', 'Trouble relaxing'],
  ['69735-9', 'Being so restless that it is hard to sit still'],
  ['69689-8', 'Becoming easily annoyed or irritable'],
  ['69736-7', 'Feeling afraid, as if something awful might happen'],
] as const

/** GAD-7: seven items 0 to 3; 5, 10 and 15 are its limits (Spitzer 2006). */
export const gad7: Instrument = {
  id: 'gad-7',
  url: libraryUrl('gad-7'),
  version: '1.0',
  title: 'GAD-7: worry over the last two weeks',
  topic: 'mood',
  licence: 'free',
  terms: phq9.terms,
  rule: {
    questionnaire: libraryUrl('gad-7'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    items: texts.map(([linkId]) => linkId),
    code: {
      system: loincSystem,
      code: '70274-6',
      display: 'Generalized anxiety disorder 7 item (GAD-7) total score',
    },
    bands: [
      {
        ...{ code: 'minimal', from: 0, to: 4, name: 'Few or no signs of anxiety' },
        meaning: 'The answers show few or no signs of anxiety in the last two weeks.',
      },
      {
        ...{ code: 'mild', from: 5, to: 9, name: 'Mild' },
        meaning: 'Some signs of anxiety. Ask what the worry is about, and ask again later.',
      },
      {
        ...{ code: 'moderate', from: 10, to: 14, name: 'Moderate' },
        meaning: 'Signs of anxiety that need a closer look. Talk about support.',
      },
      {
        ...{ code: 'severe', from: 15, to: 21, name: 'Severe' },
        meaning: 'Many signs of anxiety on most days. Talk about support and treatment soon.',
      },
    ],
    max: 21,
    source: 'Spitzer, Kroenke, Williams, Löwe. Arch Intern Med 2006;166:1092–1097',
    caution:
      'It does not diagnose anxiety. Breathlessness, pain and some medicines can give the same answers.',
    unverified: 'the limits 5, 10 and 15',
    better: 'lower',
    change: { by: 4, source: 'Toussaint 2020', verified: false },
  },
}

export const gad7Questionnaire = questionnaireFrom(gad7, {
  description: 'Seven questions about the last two weeks.',
  item: [
    groupItem(
      'problems',
      'Over the last 2 weeks, how often have you been bothered by the following problems?',
      texts.map(([linkId, text], at) =>
        choiceItem(
          { linkId, text, prefix: String(at + 1), code: [{ system: loincSystem, code: linkId }] },
          phq9Answers.map(({ code, display }, points) => [points, display, code] as const),
          loincSystem,
        ),
      ),
    ),
  ],
})
