import type { QuestionnaireItem } from '@medplum/fhirtypes'
import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  noteItem,
  numberItem,
  questionnaireFrom,
  textItem,
} from '#domain/assessment/instruments/question-items.ts'
import type { ScoreRule } from '#domain/assessment/instruments/score-rule.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

type EnteredInstrument = Pick<Instrument, 'id' | 'title' | 'topic' | 'terms' | 'suited'> &
  Pick<ScoreRule, 'code' | 'bands' | 'max' | 'source' | 'caution' | 'better'> &
  Readonly<{
    min: number
    unverified?: string
    change?: NonNullable<ScoreRule['change']>
    workOut?: NonNullable<ScoreRule['workOut']>
    items?: readonly string[]
  }>

const numberSaid: NonNullable<ScoreRule['workOut']> = (answers) => {
  const score = answers['score']?.[0]
  return typeof score === 'number' ? { value: score } : undefined
}

/** An instrument whose text may not be shown: only its score is entered, from the licensed form. */
export function enteredInstrument({
  id,
  title,
  topic,
  terms,
  suited,
  ...rest
}: EnteredInstrument): Instrument {
  return {
    ...{ id, url: libraryUrl(id), version: '1.0', title, topic, licence: 'score-only', terms },
    ...(suited ? { suited } : {}),
    rule: {
      ...{ questionnaire: libraryUrl(id), versions: ['1.0'], method: 'worked-out' },
      ...{ items: ['score'], workOut: numberSaid, ...rest },
      taken: { version: 'version', day: 'day', by: 'assessor' },
    },
  }
}

type Form = Readonly<{
  /** versions of the licensed form */
  versions: readonly string[]
  whole: boolean
  /** what the score is called on the form */
  scoreText: string
  more?: QuestionnaireItem[]
}>

/** Version, score, day and assessor. None of the words of the instrument. */
export function scoreEntryForm(instrument: Instrument, { versions, whole, scoreText, more }: Form) {
  const { min = 0, max = 100 } = instrument.rule ?? {}
  return questionnaireFrom(instrument, {
    description: 'Do it on the licensed form. Enter only the result here.',
    item: [
      noteItem(
        'where',
        'The questions are not shown here: their text is licensed. Use your own licensed copy.',
      ),
      {
        linkId: 'version',
        type: 'choice',
        required: true,
        text: 'Which version of the form was used?',
        answerOption: versions.map((display) => ({
          valueCoding: {
            system: gableCodeSystem,
            code: `${instrument.id}-${display.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
            display,
          },
        })),
      },
      numberItem({ linkId: 'score', text: scoreText }, { min, max, whole }),
      ...(more ?? []),
      { linkId: 'day', type: 'date', required: true, text: 'On which day was it done?' },
      {
        ...{ linkId: 'assessor', type: 'string', required: true, maxLength: 80 },
        text: 'Who did it? Name and role',
      },
      textItem({ linkId: 'note', text: 'What else should be known' }),
    ],
  })
}
