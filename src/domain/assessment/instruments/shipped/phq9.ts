import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import type { Instrument } from '#domain/assessment/instruments/instrument.ts'
import { choiceItem, questionnaireFrom } from '#domain/assessment/instruments/question-items.ts'
import { instruments, phq9Answers, phq9Items } from '#domain/assessment/instruments.ts'
import { loincSystem } from '#domain/fhir/codes.ts'

/** PHQ-9: nine items 0 to 3 (Kroenke 2001). The question about difficulty is not scored. */
export const phq9: Instrument = {
  ...instruments.phq9,
  title: 'PHQ-9: mood over the last two weeks',
  topic: 'mood',
  licence: 'free',
  terms:
    'Developed by Drs Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. Copyrighted by Pfizer; no permission required to reproduce, translate, display or distribute.',
  rule: {
    questionnaire: instruments.phq9.url,
    versions: [instruments.phq9.version],
    method: 'sum-of-ordinals',
    items: phq9Items,
    code: {
      system: loincSystem,
      code: '44261-6',
      display: 'Patient Health Questionnaire 9 item (PHQ-9) total score',
    },
    bands: [
      {
        ...{ code: 'minimal', from: 0, to: 4, name: 'Few or no signs of low mood' },
        meaning: 'The answers show few or no signs of depression in the last two weeks.',
      },
      {
        ...{ code: 'mild', from: 5, to: 9, name: 'Mild' },
        meaning:
          'Some signs of low mood in the last two weeks. Ask again later, and ask what would help.',
      },
      {
        ...{ code: 'moderate', from: 10, to: 14, name: 'Moderate' },
        meaning: 'Signs of low mood that need a conversation. Talk about support.',
      },
      {
        ...{ code: 'moderately-severe', from: 15, to: 19, name: 'Moderately severe' },
        meaning: 'Many signs of low mood. Talk about support and treatment soon.',
      },
      {
        ...{ code: 'severe', from: 20, to: 27, name: 'Severe' },
        meaning: 'Many signs of low mood on most days. Support and treatment are needed now.',
      },
    ],
    max: 27,
    source: 'Kroenke, Spitzer, Williams. J Gen Intern Med 2001;16:606–613',
    caution:
      'It does not diagnose depression. Pain, poor sleep, illness and grief can give the same answers.',
    better: 'lower',
    change: { by: 5, source: 'Löwe 2004', verified: false },
  },
}

const phq9Texts: Readonly<Record<(typeof phq9Items)[number], string>> = {
  '44250-9': 'Little interest or pleasure in doing things',
  '44255-8': 'Feeling down, depressed, or hopeless',
  '44259-0': 'Trouble falling or staying asleep, or sleeping too much',
  '44254-1': 'Feeling tired or having little energy',
  '44251-7': 'Poor appetite or overeating',
  '44258-2':
    'Feeling bad about yourself – or that you are a failure or have let yourself or your family down',
  '44252-5':
    'Trouble concentrating on things, such as reading the newspaper or watching television',
  '44253-3':
    'Moving or speaking so slowly that other people could have noticed? Or the opposite – being so fidgety or restless that you have been moving around a lot more than usual',
  '44260-8': 'Thoughts that you would be better off dead or of hurting yourself in some way',
}

const difficulty = [
  { code: 'LA6572-7', display: 'Not difficult at all' },
  { code: 'LA6573-5', display: 'Somewhat difficult' },
  { code: 'LA6574-3', display: 'Very difficult' },
  { code: 'LA6575-0', display: 'Extremely difficult' },
]

export const phq9Questionnaire: Questionnaire & { id: string } = {
  ...questionnaireFrom(phq9, {
    description:
      'Nine questions about the last two weeks, and one about how hard they make things.',
    item: [
      {
        linkId: 'problems',
        type: 'group',
        text: 'Over the last 2 weeks, how often have you been bothered by any of the following problems?',
        item: phq9Items.map(phq9Item),
      },
      {
        linkId: '69722-7',
        type: 'choice',
        code: [{ system: loincSystem, code: '69722-7' }],
        prefix: '10',
        text: 'How difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?',
        answerOption: difficulty.map((each) => ({ valueCoding: { system: loincSystem, ...each } })),
        enableBehavior: 'any',
        enableWhen: phq9Items.flatMap((question) =>
          phq9Answers.slice(1).map((each) => ({
            question,
            operator: '=' as const,
            answerCoding: { system: loincSystem, ...each },
          })),
        ),
      },
    ],
  }),
  code: [
    { system: loincSystem, code: '44249-1', display: 'PHQ-9 quick depression assessment panel' },
  ],
}

function phq9Item(linkId: (typeof phq9Items)[number], index: number): QuestionnaireItem {
  return choiceItem(
    {
      ...{ linkId, prefix: String(index + 1), text: phq9Texts[linkId] },
      code: [{ system: loincSystem, code: linkId }],
    },
    phq9Answers.map(({ code, display }, points) => [points, display, code] as const),
    loincSystem,
  )
}
