import {
  type Instrument,
  libraryUrl,
  type SeparateValue,
} from '#domain/assessment/instruments/instrument.ts'
import {
  noteItem,
  numberItem,
  questionnaireFrom,
} from '#domain/assessment/instruments/question-items.ts'

const meanings = {
  low: 'This is low. Ask what stands behind it.',
  medium: 'This is in the middle.',
  high: 'This is high.',
  'very-high': 'This is very high.',
}

const good: SeparateValue['bands'] = [
  { code: 'low', from: 0, to: 4, name: 'Low', meaning: meanings.low },
  { code: 'medium', from: 5, to: 6, name: 'Medium', meaning: meanings.medium },
  { code: 'high', from: 7, to: 8, name: 'High', meaning: meanings.high },
  { code: 'very-high', from: 9, to: 10, name: 'Very high', meaning: meanings['very-high'] },
]

/** For anxiety a high number is the bad end. */
const anxious: SeparateValue['bands'] = [
  {
    code: 'very-low',
    from: 0,
    to: 1,
    name: 'Very low',
    meaning: 'Anxiety yesterday was very low.',
  },
  { code: 'low', from: 2, to: 3, name: 'Low', meaning: 'Anxiety yesterday was low.' },
  {
    code: 'medium',
    from: 4,
    to: 5,
    name: 'Medium',
    meaning: 'Anxiety yesterday was in the middle.',
  },
  {
    ...{ code: 'high', from: 6, to: 10, name: 'High' },
    meaning: 'Anxiety yesterday was high. Ask what stands behind it.',
  },
]

const one = (item: string, name: string, bands: SeparateValue['bands']): SeparateValue => ({
  ...{ item, name, code: `ons4-${item}`, bands, max: 10 },
  better: bands === anxious ? 'lower' : 'higher',
  source: 'Office for National Statistics, personal wellbeing harmonised standard, 2018',
})

/** Four questions of the Office for National Statistics. There is no total (ONS). */
export const ons4: Instrument = {
  id: 'ons-4',
  url: libraryUrl('ons-4'),
  version: '1.0',
  title: 'ONS4: how life feels',
  topic: 'wellbeing',
  licence: 'free',
  terms:
    'Harmonised standard of the Government Statistical Service. Contains public sector information licensed under the Open Government Licence v3.0. The bands were not checked against the publication.',
  separate: [
    one('satisfied', 'Satisfied with life', good),
    one('worthwhile', 'Life is worthwhile', good),
    one('happy', 'Happy yesterday', good),
    one('anxious', 'Anxious yesterday', anxious),
  ],
}

const nought = (linkId: string, prefix: string, text: string) =>
  numberItem({ linkId, prefix, text }, { min: 0, max: 10, whole: true })

export const ons4Questionnaire = questionnaireFrom(ons4, {
  description: 'Four questions, each answered on a scale from 0 to 10. They are not added up.',
  item: [
    noteItem('how', 'Answer on a scale where nought is “not at all” and 10 is “completely”.'),
    nought('satisfied', '1', 'Overall, how satisfied are you with your life nowadays?'),
    nought(
      'worthwhile',
      '2',
      'Overall, to what extent do you feel that the things you do in your life are worthwhile?',
    ),
    nought('happy', '3', 'Overall, how happy did you feel yesterday?'),
    nought(
      'anxious',
      '4',
      'On a scale where nought is “not at all anxious” and 10 is “completely anxious”, overall, how anxious did you feel yesterday?',
    ),
  ],
})
