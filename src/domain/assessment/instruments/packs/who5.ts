import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  choiceItem,
  groupItem,
  questionnaireFrom,
} from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

const texts = [
  ['cheerful', 'I have felt cheerful and in good spirits'],
  ['calm', 'I have felt calm and relaxed'],
  ['active', 'I have felt active and vigorous'],
  ['rested', 'I woke up feeling fresh and rested'],
  ['interested', 'My daily life has been filled with things that interest me'],
] as const

/** Five items 0 to 5; the sum times four. A sum under 13 (52) asks for a closer look at depression. */
export const who5: Instrument = {
  id: 'who-5',
  url: libraryUrl('who-5'),
  version: '1.0',
  title: 'WHO-5: wellbeing over the last two weeks',
  topic: 'wellbeing',
  licence: 'pack',
  terms:
    'WHO-5 Well-Being Index, World Health Organization, 1998 and 2024, CC BY-NC-SA 3.0 IGO: not for commercial use; any change must be marked.',
  rule: {
    questionnaire: libraryUrl('who-5'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    times: 4,
    items: texts.map(([linkId]) => linkId),
    code: { system: gableCodeSystem, code: 'who-5-percentage', display: 'WHO-5 percentage score' },
    bands: [
      {
        ...{ code: 'ask-about-mood', from: 0, to: 48, name: 'Low wellbeing' },
        meaning: 'The sum is under 13. Ask about mood next, for example with PHQ-9.',
      },
      {
        ...{ code: 'not-low', from: 52, to: 100, name: 'Not low' },
        meaning: 'The sum is 13 or more. It does not point to depression.',
      },
    ],
    max: 100,
    source: 'WHO-5 Well-Being Index: a sum under 13 asks for a test for depression',
    caution: 'It asks about wellbeing, not about illness. It does not diagnose depression.',
    better: 'higher',
    change: { by: 10, source: 'Topp 2015', verified: false },
  },
}

export const who5Questionnaire = questionnaireFrom(who5, {
  description: 'Five sentences about the last two weeks.',
  item: [
    groupItem(
      'feelings',
      'Over the last two weeks',
      texts.map(([linkId, text], at) =>
        choiceItem({ linkId, text, prefix: String(at + 1) }, [
          [5, 'All of the time'],
          [4, 'Most of the time'],
          [3, 'More than half of the time'],
          [2, 'Less than half of the time'],
          [1, 'Some of the time'],
          [0, 'At no time'],
        ]),
      ),
    ),
  ],
})
