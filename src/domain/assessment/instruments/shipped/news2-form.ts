import type { Answer, FormAnswers } from '#domain/assessment/form.ts'
import { isCoded } from '#domain/assessment/form.ts'
import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  choiceItem,
  noteItem,
  numberItem,
  questionnaireFrom,
  textItem,
  whenSaid,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'
import type { ScorePart, WorkedOut } from '#domain/assessment/instruments/score-rule.ts'
import { gableCodeSystem, snomedSystem } from '#domain/fhir/codes.ts'
import { news2Band, news2Points, news2Scale2Points } from '#domain/risk/published/news2.ts'
import { acvpuAnswers } from './acvpu.ts'

const air = '722742002'
const onOxygen = '371825009'
const items = [
  ...['breathing', 'scale', 'oxygen', 'air-or-oxygen', 'pressure', 'pulse'],
  ...['consciousness', 'temperature'],
] as const

const codeOf = (answer: Answer | undefined) =>
  answer !== undefined && isCoded(answer) ? answer.code : undefined

/** The code of a part in UK Core. */
const part = (code: string, display: string, value: number): ScorePart => ({
  code: { system: snomedSystem, code: `1104${code}`, display },
  value,
})

/** Points of each part, by the published chart; any 3 asks for an urgent look. */
function workOut(answers: FormAnswers): WorkedOut | undefined {
  const number = (linkId: string) => {
    const [said] = answers[linkId] ?? []
    return typeof said === 'number' ? said : Number.NaN
  }
  const isOnOxygen = codeOf(answers['air-or-oxygen']?.[0]) === onOxygen
  const isScale2 = codeOf(answers['scale']?.[0]) === 'news2-scale-2'
  const oxygen = isScale2
    ? news2Scale2Points(number('oxygen'), isOnOxygen)
    : news2Points('oxygen', number('oxygen'))
  const isAlert = codeOf(answers['consciousness']?.[0]) === acvpuAnswers[0].code
  const saturation = isScale2
    ? part('321000000108', 'NEWS2 oxygen saturation scale 2', oxygen)
    : part('311000000102', 'NEWS2 oxygen saturation scale 1', oxygen)
  const parts = [
    part('301000000104', 'NEWS2 respiration rate', news2Points('breathing', number('breathing'))),
    saturation,
    part('331000000105', 'NEWS2 air or oxygen', isOnOxygen ? 2 : 0),
    part(
      '341000000101',
      'NEWS2 systolic blood pressure',
      news2Points('pressure', number('pressure')),
    ),
    part('351000000103', 'NEWS2 pulse', news2Points('pulse', number('pulse'))),
    part('361000000100', 'NEWS2 consciousness', isAlert ? 0 : 3),
    part('371000000107', 'NEWS2 temperature', news2Points('temperature', number('temperature'))),
  ]
  const points = parts.map(({ value }) => Number(value))
  const value = points.reduce((sum, each) => sum + each, 0)
  if (Number.isNaN(value)) return undefined
  return { value, band: news2Band(value, points.includes(3)), parts }
}

/** NEWS2 on either oxygen scale: Royal College of Physicians 2017, charts 1 and 2. */
export const news2Form: Instrument = {
  id: 'news-2',
  url: libraryUrl('news-2'),
  version: '1.0',
  title: 'NEWS2: how ill somebody is now',
  topic: 'hospital',
  licence: 'free',
  terms:
    'Reproduced from: Royal College of Physicians. National Early Warning Score (NEWS) 2: Standardising the assessment of acute-illness severity in the NHS. London: RCP, 2017.',
  rule: {
    questionnaire: libraryUrl('news-2'),
    versions: ['1.0'],
    method: 'worked-out',
    items,
    workOut,
    code: { system: snomedSystem, code: '1104051000000101', display: 'NEWS2 total score' },
    bands: [
      {
        ...{ code: 'low', from: 0, to: 4, name: 'Low' },
        meaning: 'A registered nurse decides how often to measure, and whether care should change.',
      },
      {
        ...{ code: 'low-medium', from: 3, to: 4, name: 'Low to medium: one part is 3' },
        meaning:
          'One part alone is at its highest. This needs an urgent look by a clinician, although the total is low.',
        notByTotal: true,
      },
      {
        ...{ code: 'medium', from: 5, to: 6, name: 'Medium' },
        meaning: 'This needs an urgent review by a clinician who can treat acute illness.',
      },
      {
        ...{ code: 'high', from: 7, to: 20, name: 'High' },
        meaning: 'This is an emergency. Call 999, or the emergency team.',
      },
    ],
    max: 20,
    source: 'Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017',
    caution:
      'It does not replace judgement: somebody can be very ill with a low score. It is not for anybody under 16, or pregnant.',
    better: 'lower',
  },
}

const asked = whenSaid('suitable', true)

export const news2Questionnaire = questionnaireFrom(news2Form, {
  description:
    'Seven measurements. Measure them now: older ones do not say how ill somebody is now.',
  item: [
    yesNoItem({ linkId: 'suitable', text: 'Is the person 16 or older, and not pregnant?' }),
    {
      ...noteItem(
        'not-suitable',
        'NEWS2 is not for this person. Ask a clinician which score to use.',
      ),
      enableWhen: whenSaid('suitable', false),
    },
    numberItem(
      { linkId: 'breathing', text: 'Breaths a minute', enableWhen: asked },
      { min: 0, max: 80, whole: true },
    ),
    choiceItem({ linkId: 'scale', text: 'Which oxygen scale?', enableWhen: asked }, [
      [0, 'Scale 1, for nearly everybody', 'news2-scale-1'],
      [0, 'Scale 2: a clinician has set 88 to 92% for this person', 'news2-scale-2'],
    ]),
    textItem({
      linkId: 'scale-2-by',
      text: 'Which clinician set scale 2?',
      required: true,
      enableWhen: [
        {
          ...{ question: 'scale', operator: '=' },
          answerCoding: { system: gableCodeSystem, code: 'news2-scale-2' },
        },
      ],
    }),
    numberItem(
      { linkId: 'oxygen', text: 'Oxygen in the blood (SpO₂), in per cent', enableWhen: asked },
      { min: 40, max: 100, whole: true },
    ),
    choiceItem(
      { linkId: 'air-or-oxygen', text: 'Air or oxygen?', enableWhen: asked },
      [
        [0, 'Breathing air', air],
        [2, 'On oxygen', onOxygen],
      ],
      snomedSystem,
    ),
    numberItem(
      { linkId: 'pressure', text: 'Upper (systolic) blood pressure, in mmHg', enableWhen: asked },
      { min: 30, max: 300, whole: true },
    ),
    numberItem(
      { linkId: 'pulse', text: 'Pulse, in beats a minute', enableWhen: asked },
      { min: 10, max: 300, whole: true },
    ),
    choiceItem(
      { linkId: 'consciousness', text: 'How awake is the person?', enableWhen: asked },
      acvpuAnswers.map(({ code, display }, at) => [at === 0 ? 0 : 3, display, code] as const),
      snomedSystem,
    ),
    numberItem(
      { linkId: 'temperature', text: 'Temperature, in °C, such as 37.2', enableWhen: asked },
      { min: 25, max: 45 },
    ),
  ],
})
