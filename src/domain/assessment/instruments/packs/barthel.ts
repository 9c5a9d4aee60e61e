import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  type Choice,
  choiceItem,
  questionnaireFrom,
} from '#domain/assessment/instruments/question-items.ts'
import { loincSystem } from '#domain/fhir/codes.ts'

const [alone, some, none] = ['By themselves', 'With some help', 'Not able']

/** What was meant in 1965, said in our own words: `[linkId, text, choices]`. */
const parts: readonly (readonly [string, string, readonly Choice[]])[] = [
  [
    'feeding',
    'Eating',
    [
      [10, alone],
      [5, 'Needs help, for example with cutting'],
      [0, none],
    ],
  ],
  [
    'bathing',
    'Bath or shower',
    [
      [5, alone],
      [0, 'Needs help'],
    ],
  ],
  [
    'grooming',
    'Face, hair, teeth and shaving',
    [
      [5, alone],
      [0, 'Needs help'],
    ],
  ],
  [
    'dressing',
    'Dressing',
    [
      [10, alone],
      [5, 'Needs help, does about half'],
      [0, none],
    ],
  ],
  [
    'bowels',
    'Bowels',
    [
      [10, 'Continent'],
      [5, 'Occasional accident'],
      [0, 'Incontinent'],
    ],
  ],
  [
    'bladder',
    'Bladder',
    [
      [10, 'Continent'],
      [5, 'Occasional accident'],
      [0, 'Incontinent, or a catheter managed by others'],
    ],
  ],
  [
    'toilet',
    'Using the toilet',
    [
      [10, alone],
      [5, some],
      [0, none],
    ],
  ],
  [
    'transfers',
    'Between bed and chair',
    [
      [15, alone],
      [10, 'With a little help or reminding'],
      [5, 'With a lot of help, can sit'],
      [0, none],
    ],
  ],
  [
    'mobility',
    'Moving about on the level',
    [
      [15, 'By themselves, with an aid if needed, more than 50 metres'],
      [10, 'With the help of one person, more than 50 metres'],
      [5, 'By themselves in a wheelchair, more than 50 metres'],
      [0, 'Less than 50 metres, or not at all'],
    ],
  ],
  [
    'stairs',
    'Stairs',
    [
      [10, alone],
      [5, some],
      [0, none],
    ],
  ],
]

/** The index of 1965, from 0 to 100 in steps of 5; not the one from 0 to 20 (Collin 1988). */
export const barthel: Instrument = {
  id: 'barthel',
  url: libraryUrl('barthel'),
  version: '1.0',
  title: 'Barthel index, from 0 to 100',
  topic: 'daily-living',
  licence: 'pack',
  terms:
    'Mahoney F, Barthel D. Functional evaluation: the Barthel Index. Maryland State Med J 1965;14:56–61. Used with permission; it may be used freely for purposes that are not commercial, with this citation. The words here are ours.',
  rule: {
    questionnaire: libraryUrl('barthel'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    items: parts.map(([linkId]) => linkId),
    code: { system: loincSystem, code: '96761-2', display: 'Total score Barthel Index' },
    bands: [
      {
        ...{ code: 'total', from: 0, to: 20, name: 'Depends on others for nearly everything' },
        meaning: 'Others do nearly everything. Ask who, and how they manage.',
      },
      {
        ...{ code: 'severe', from: 21, to: 60, name: 'Depends on others for much' },
        meaning: 'Others help with much of the day.',
      },
      {
        ...{ code: 'moderate', from: 61, to: 90, name: 'Depends on others for some things' },
        meaning: 'Others help with some things.',
      },
      {
        ...{ code: 'slight', from: 91, to: 99, name: 'Depends on others for little' },
        meaning: 'Others help with little.',
      },
      {
        ...{ code: 'none', from: 100, to: 100, name: 'Manages all ten' },
        meaning: 'The person manages all ten. It does not mean that they can live alone.',
      },
    ],
    max: 100,
    source: 'Mahoney, Barthel 1965; bands of Shah 1989',
    caution:
      'It asks what is done, not what could be done. It says nothing of cooking, money or mood.',
    better: 'higher',
  },
}

export const barthelQuestionnaire = questionnaireFrom(barthel, {
  description: 'Ten parts of daily life: what the person really does, not what they could do.',
  item: parts.map(([linkId, text, choices], at) =>
    choiceItem({ linkId, text, prefix: String(at + 1) }, choices),
  ),
})
