import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  choiceItem,
  groupItem,
  questionnaireFrom,
} from '#domain/assessment/instruments/question-items.ts'
import { phq9Answers, phq9Items } from '#domain/assessment/instruments.ts'
import { loincSystem } from '#domain/fhir/codes.ts'
import { phq9 } from './phq9.ts'

const items = phq9Items.slice(0, 2)

/** The first two items of PHQ-9. Total: LOINC 55758-7. */
export const phq2: Instrument = {
  id: 'phq-2',
  url: libraryUrl('phq-2'),
  version: '1.0',
  title: 'PHQ-2: two questions about mood',
  topic: 'mood',
  licence: 'free',
  terms: phq9.terms,
  rule: {
    questionnaire: libraryUrl('phq-2'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    items,
    code: {
      system: loincSystem,
      code: '55758-7',
      display: 'Patient Health Questionnaire 2 item (PHQ-2) total score',
    },
    bands: [
      {
        ...{ code: 'below-limit', from: 0, to: 2, name: 'No further questions suggested' },
        meaning: 'The two answers do not suggest depression in the last two weeks.',
      },
      {
        ...{ code: 'ask-phq-9', from: 3, to: 6, name: 'Ask all nine questions' },
        meaning: 'The two answers may point to depression. Ask PHQ-9 next.',
      },
    ],
    max: 6,
    source: 'Kroenke, Spitzer, Williams. Med Care 2003;41:1284–1292',
    unverified: 'the limit of 3',
    caution: 'Two questions find some people and miss others. It does not diagnose depression.',
    better: 'lower',
  },
}

export const phq2Questionnaire = questionnaireFrom(phq2, {
  description: 'Two questions about the last two weeks. Three or more asks for PHQ-9.',
  item: [
    groupItem(
      'problems',
      'Over the last 2 weeks, how often have you been bothered by any of the following problems?',
      (
        [
          ['44250-9', 'Little interest or pleasure in doing things'],
          ['44255-8', 'Feeling down, depressed, or hopeless'],
        ] as const
      ).map(([linkId, text], at) =>
        choiceItem(
          { linkId, text, prefix: String(at + 1), code: [{ system: loincSystem, code: linkId }] },
          phq9Answers.map(({ code, display }, points) => [points, display, code] as const),
          loincSystem,
        ),
      ),
    ),
  ],
})
