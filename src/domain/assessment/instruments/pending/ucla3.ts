import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { choiceItem, questionnaireFrom } from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

const texts = [
  ['companionship', 'How often do you feel that you lack companionship?'],
  ['left-out', 'How often do you feel left out?'],
  ['isolated', 'How often do you feel isolated from others?'],
] as const

/** Three items 1 to 3 (Hughes 2004). The Office for National Statistics recommends it with a direct question. */
export const ucla3: Instrument = {
  id: 'ucla-3',
  url: libraryUrl('ucla-3'),
  version: '1.0',
  title: 'UCLA-3: loneliness',
  topic: 'loneliness',
  licence: 'pending',
  terms:
    'Three-item loneliness scale (Hughes, Waite, Hawkley, Cacioppo 2004), recommended by the Office for National Statistics. No explicit licence text was found: pending clinical safety sign-off.',
  rule: {
    questionnaire: libraryUrl('ucla-3'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    items: texts.map(([linkId]) => linkId),
    code: {
      system: gableCodeSystem,
      code: 'ucla-3-score',
      display: 'UCLA three-item loneliness score',
    },
    bands: [
      {
        ...{ code: 'below-limit', from: 3, to: 5, name: 'Below the limit for loneliness' },
        meaning: 'The answers are below the number often used for loneliness.',
      },
      {
        ...{ code: 'lonely', from: 6, to: 9, name: 'Likely to feel lonely' },
        meaning: 'The answers suggest loneliness. Ask who and what the person misses.',
      },
    ],
    min: 3,
    max: 9,
    source: 'Hughes et al. Res Aging 2004;26:655–672',
    caution: 'Being alone and feeling lonely are different things. Ask what the person would like.',
    unverified: 'the limit of 6',
    better: 'lower',
  },
}

export const ucla3Questionnaire = questionnaireFrom(ucla3, {
  description: 'Three questions, and one asked directly that is not scored.',
  item: [
    ...texts.map(([linkId, text], at) =>
      choiceItem({ linkId, text, prefix: String(at + 1) }, [
        [1, 'Hardly ever or never'],
        [2, 'Some of the time'],
        [3, 'Often'],
      ]),
    ),
    {
      linkId: 'direct',
      type: 'choice',
      prefix: '4',
      text: 'How often do you feel lonely?',
      answerOption: [
        'Often or always',
        'Some of the time',
        'Occasionally',
        'Hardly ever',
        'Never',
      ].map((display, at) => ({
        valueCoding: { system: gableCodeSystem, code: `lonely-${at + 1}`, display },
      })),
    },
  ],
})
