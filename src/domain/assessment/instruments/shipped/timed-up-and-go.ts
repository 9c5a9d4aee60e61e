import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  numberItem,
  questionnaireFrom,
  textItem,
  whenSaid,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem, ucumSystem } from '#domain/fhir/codes.ts'

/** The published limits decide over the time as it was taken: 10.04 seconds are more than 10. */
function bandOfTime(seconds: number): string {
  if (seconds >= 12) return 'twelve-or-more'
  return seconds > 10 ? 'over-10' : 'within-10'
}

/** Seconds to stand up, walk three metres, turn, walk back and sit down. Kept to a hundredth of a second. */
export const timedUpAndGo: Instrument = {
  id: 'timed-up-and-go',
  url: libraryUrl('timed-up-and-go'),
  version: '1.0',
  title: 'Timed up and go',
  topic: 'mobility',
  licence: 'free',
  terms: 'A timed test of movement (Podsiadlo and Richardson 1991). The words here are ours.',
  rule: {
    questionnaire: libraryUrl('timed-up-and-go'),
    versions: ['1.0'],
    method: 'worked-out',
    items: ['seconds'],
    workOut: (answers) => {
      const seconds = answers['seconds']?.[0]
      return typeof seconds === 'number'
        ? { value: Math.round(seconds * 100) / 100, band: bandOfTime(seconds) }
        : undefined
    },
    code: { system: gableCodeSystem, code: 'timed-up-and-go', display: 'Timed up and go, seconds' },
    unit: { system: ucumSystem, code: 's', display: 'seconds' },
    bands: [
      {
        ...{ code: 'within-10', from: 0, to: 10, name: '10 seconds or less' },
        meaning: 'This is not slower than either published limit.',
      },
      {
        ...{ code: 'over-10', from: 10.01, to: 11.99, name: 'More than 10 seconds' },
        meaning: 'This is slower than the limit used in the UK to look more closely at frailty.',
      },
      {
        ...{ code: 'twelve-or-more', from: 12, to: 600, name: '12 seconds or more' },
        meaning: 'This is at or over the limit for a risk of falls. Look at falls as a whole.',
      },
    ],
    max: 600,
    source: 'CDC STEADI (12 seconds); UK frailty guidance (more than 10 seconds)',
    caution: 'One slow walk does not say why. Pain, footwear and fear of falling slow people down.',
    unverified: 'both limits',
    better: 'lower',
  },
}

export const timedUpAndGoQuestionnaire = questionnaireFrom(timedUpAndGo, {
  description:
    'From a chair with arms, in usual shoes and with the usual stick or frame: stand up, walk 3 metres, turn, walk back and sit down.',
  item: [
    yesNoItem({ linkId: 'done', text: 'Could the test be done?' }),
    numberItem(
      {
        linkId: 'seconds',
        text: 'Seconds, from “go” to sitting down',
        enableWhen: whenSaid('done', true),
      },
      { min: 1, max: 600 },
    ),
    textItem({
      linkId: 'why-not',
      text: 'Why could it not be done?',
      required: true,
      enableWhen: whenSaid('done', false),
    }),
    textItem({ linkId: 'aid', text: 'Walking aid, help or pauses' }),
  ],
})
