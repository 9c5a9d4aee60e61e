import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  numberItem,
  questionnaireFrom,
  textItem,
  whenSaid,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem, ucumSystem } from '#domain/fhir/codes.ts'

/** The limit decides over the walk as it was measured: 0.794 is under 0.8. */
const limit = 0.8

/** Hundredths of a metre a second for the record, rounded down: just under the limit stays under it. */
const speedOf = (metres: number, seconds: number): number =>
  Math.floor((Math.round(metres * 100) * 1000) / Math.round(seconds * 1000)) / 100

/** Without the dust of binary fractions: 4 m in 5 s is 0.8 exactly. */
const isSlow = (metres: number, seconds: number): boolean =>
  Math.round(metres * 1000) < Math.round(seconds * 1000 * limit)

export const gaitSpeed: Instrument = {
  id: 'gait-speed',
  url: libraryUrl('gait-speed'),
  version: '1.0',
  title: 'Walking speed',
  topic: 'mobility',
  licence: 'free',
  terms: 'A timed walk. The words here are ours.',
  rule: {
    questionnaire: libraryUrl('gait-speed'),
    versions: ['1.0'],
    method: 'worked-out',
    items: ['metres', 'seconds'],
    workOut: (answers) => {
      const [metres, seconds] = [answers['metres']?.[0], answers['seconds']?.[0]]
      return typeof metres === 'number' && typeof seconds === 'number' && seconds > 0
        ? {
            value: speedOf(metres, seconds),
            band: isSlow(metres, seconds) ? 'slow' : 'not-slow',
          }
        : undefined
    },
    code: {
      system: gableCodeSystem,
      code: 'gait-speed',
      display: 'Walking speed, metres a second',
    },
    unit: { system: ucumSystem, code: 'm/s', display: 'metres a second' },
    bands: [
      {
        ...{ code: 'slow', from: 0, to: 0.79, name: 'Slower than 0.8 metres a second' },
        meaning: 'This is slower than the limit often used to look more closely at frailty.',
      },
      {
        ...{ code: 'not-slow', from: 0.8, to: 5, name: '0.8 metres a second or faster' },
        meaning: 'This is not slower than the limit.',
      },
    ],
    max: 5,
    source: 'Slow walking below 0.8 metres a second, as used in UK frailty guidance',
    caution:
      'One walk does not say why somebody is slow. Pain and breathlessness slow people down.',
    unverified: 'the limit of 0.8',
    better: 'higher',
  },
}

export const gaitSpeedQuestionnaire = questionnaireFrom(gaitSpeed, {
  description: 'Time a walk at the usual pace over a known distance, often 4 metres.',
  item: [
    yesNoItem({ linkId: 'done', text: 'Could the walk be done?' }),
    numberItem(
      { linkId: 'metres', text: 'Distance in metres', enableWhen: whenSaid('done', true) },
      { min: 2, max: 20 },
    ),
    numberItem(
      { linkId: 'seconds', text: 'Seconds for that distance', enableWhen: whenSaid('done', true) },
      { min: 1, max: 300 },
    ),
    textItem({
      linkId: 'why-not',
      text: 'Why could it not be done?',
      required: true,
      enableWhen: whenSaid('done', false),
    }),
    textItem({ linkId: 'aid', text: 'Walking aid or help' }),
  ],
})
