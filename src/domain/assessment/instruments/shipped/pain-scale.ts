import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  numberItem,
  questionnaireFrom,
  textItem,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'
import { loincSystem } from '#domain/fhir/codes.ts'

/** A number from 0 to 10, and what goes with it in our own words. */
export const painScale: Instrument = {
  id: 'pain',
  url: libraryUrl('pain'),
  version: '1.0',
  title: 'Pain, from 0 to 10',
  topic: 'pain',
  licence: 'own',
  terms: 'The numeric scale from 0 to 10 belongs to nobody. All other words are ours. Apache-2.0.',
  rule: {
    questionnaire: libraryUrl('pain'),
    versions: ['1.0'],
    method: 'worked-out',
    items: ['worst'],
    workOut: (answers) => {
      const worst = answers['worst']?.[0]
      return typeof worst === 'number' ? { value: worst } : undefined
    },
    code: {
      ...{ system: loincSystem, code: '72514-3' },
      display: 'Pain severity - 0-10 verbal numeric rating [Score] - Reported',
    },
    bands: [
      {
        code: 'none',
        from: 0,
        to: 0,
        name: 'No pain',
        meaning: 'The person says there is no pain.',
      },
      { code: 'mild', from: 1, to: 3, name: 'Mild', meaning: 'Mild pain. Ask what it stops.' },
      {
        ...{ code: 'moderate', from: 4, to: 6, name: 'Moderate' },
        meaning: 'Moderate pain. Ask what has been tried, and what helped.',
      },
      {
        ...{ code: 'severe', from: 7, to: 10, name: 'Severe' },
        meaning: 'Severe pain. It needs a plan today.',
      },
    ],
    max: 10,
    source: 'Numeric rating scale; bands as often used in practice',
    caution:
      'It is one person’s own number: never compare two people by it. It is not for somebody who cannot say.',
    unverified: 'the bands',
    better: 'lower',
    change: { by: 2, source: 'Farrar 2001', verified: false },
  },
}

export const painScaleQuestionnaire = questionnaireFrom(painScale, {
  description: 'One number, where it is, and what it stops.',
  item: [
    numberItem(
      {
        linkId: 'worst',
        text: 'How bad was the pain at its worst in the last week, from 0 (none) to 10 (the worst you can imagine)?',
      },
      { min: 0, max: 10, whole: true },
    ),
    textItem({ linkId: 'where', text: 'Where is it, and what is it like?' }),
    textItem({ linkId: 'stops', text: 'What does it stop you doing?' }),
    textItem({ linkId: 'helps', text: 'What helps, and what has been tried?' }),
    yesNoItem({ linkId: 'sleep', text: 'Does it wake you at night?', required: false }),
  ],
})
