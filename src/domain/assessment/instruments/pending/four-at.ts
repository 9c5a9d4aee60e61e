import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { choiceItem, questionnaireFrom } from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** 4AT, version 1.2: 4 or more is possible delirium, 1 to 3 possible cognitive impairment. */
export const fourAt: Instrument = {
  id: '4at',
  url: libraryUrl('4at'),
  version: '1.0',
  title: '4AT: sudden confusion',
  topic: 'cognition',
  licence: 'pending',
  terms:
    '4AT (the4AT.com), free to use unmodified. No explicit licence text was read: pending clinical safety sign-off.',
  rule: {
    questionnaire: libraryUrl('4at'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    items: ['alertness', 'amt4', 'attention', 'acute-change'],
    code: { system: gableCodeSystem, code: '4at-score', display: '4AT score' },
    bands: [
      {
        ...{ code: 'unlikely', from: 0, to: 0, name: 'Delirium unlikely' },
        meaning:
          'Delirium or severe cognitive impairment is unlikely. Delirium is still possible if it is not known how the person was before.',
      },
      {
        ...{ code: 'cognitive-impairment', from: 1, to: 3, name: 'Possible cognitive impairment' },
        meaning: 'Memory or thinking may be impaired. Look more closely.',
      },
      {
        ...{ code: 'delirium', from: 4, to: 12, name: 'Possible delirium' },
        meaning:
          'This may be delirium, with or without cognitive impairment. Delirium is an emergency: ask for medical help today.',
      },
    ],
    max: 12,
    source: 'Bellelli et al. Age Ageing 2014;43:496–502; the4AT.com',
    caution:
      'It does not diagnose delirium or dementia. Hearing, language and drowsiness change it.',
    unverified: 'the limits 1 and 4',
    better: 'lower',
  },
}

export const fourAtQuestionnaire = questionnaireFrom(fourAt, {
  description: 'Four short parts, done with the person in about two minutes.',
  item: [
    choiceItem(
      {
        ...{ linkId: 'alertness', prefix: '1' },
        text: 'Alertness. Watch the person. If asleep, try to wake them with speech or a gentle touch on the shoulder. Ask them to state their name and address.',
      },
      [
        [0, 'Normal (fully alert, but not agitated, throughout assessment)', 'alertness-0'],
        [0, 'Mild sleepiness for <10 seconds after waking, then normal', 'alertness-0-sleepy'],
        [4, 'Clearly abnormal', 'alertness-4'],
      ],
    ),
    choiceItem(
      {
        ...{ linkId: 'amt4', prefix: '2' },
        text: 'AMT4. Age, date of birth, place (name of the hospital or building), current year.',
      },
      [
        [0, 'No mistakes'],
        [1, '1 mistake'],
        [2, '2 or more mistakes/untestable'],
      ],
    ),
    choiceItem(
      {
        ...{ linkId: 'attention', prefix: '3' },
        text: 'Attention. “Please tell me the months of the year in backwards order, starting at December.”',
      },
      [
        [0, 'Achieves 7 months or more correctly'],
        [1, 'Starts but scores <7 months / refuses to start'],
        [2, 'Untestable (cannot start because unwell, drowsy, inattentive)'],
      ],
    ),
    choiceItem(
      {
        ...{ linkId: 'acute-change', prefix: '4' },
        text: 'Acute change or fluctuating course. Evidence of significant change or fluctuation in alertness, cognition, other mental function arising over the last 2 weeks and still evident in the last 24 hours.',
      },
      [
        [0, 'No'],
        [4, 'Yes'],
      ],
    ),
  ],
})
