import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import {
  instruments,
  phq9Answers,
  phq9Items,
  prisma7Items,
} from '#domain/assessment/instruments.ts'
import { gableUrl, loincSystem } from '#domain/fhir/codes.ts'
import { afterQuestionnaire, prepareQuestionnaire } from '#domain/preparation/prompts.ts'
import { whatMatters } from './vocabulary/what-matters.ts'

const ordinalUrl = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'

const prisma7Texts: Readonly<Record<(typeof prisma7Items)[number], string>> = {
  '1': 'Are you more than 85 years old?',
  '2': 'Are you male?',
  '3': 'In general, do you have any health problems that require you to limit your activities?',
  '4': 'Do you need someone to help you on a regular basis?',
  '5': 'In general, do you have any health problems that require you to stay at home?',
  '6': 'In case of need, can you count on someone close to you?',
  '7': 'Do you regularly use a stick, walker or wheelchair to get about?',
}

/** Seven yes/no questions. No explicit licence text was found: shipped with the mark "pending clinical safety sign-off". */
const prisma7: Questionnaire = {
  resourceType: 'Questionnaire',
  ...instruments.prisma7,
  name: 'Prisma7',
  title: 'PRISMA-7: living with frailty',
  status: 'active',
  subjectType: ['Patient'],
  date: '2026-11-22',
  description: 'Seven yes or no questions. Three or more times "yes" asks for a further review.',
  copyright:
    'Developed by the PRISMA research team (Raîche, Hébert, Dubois, 2008). No explicit licence text was found: pending clinical safety sign-off.',
  extension: [{ url: gableUrl('pending-clinical-sign-off'), valueBoolean: true }],
  item: prisma7Items.map((linkId) => ({
    linkId,
    prefix: linkId,
    type: 'boolean',
    required: true,
    text: prisma7Texts[linkId],
  })),
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

const phq9: Questionnaire = {
  resourceType: 'Questionnaire',
  ...instruments.phq9,
  name: 'Phq9',
  title: 'PHQ-9: mood over the last two weeks',
  status: 'active',
  subjectType: ['Patient'],
  date: '2026-11-22',
  description: 'Nine questions about the last two weeks, and one about how hard they make things.',
  copyright:
    'Developed by Drs Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. Copyrighted by Pfizer; no permission required to reproduce, translate, display or distribute.',
  code: [
    { system: loincSystem, code: '44249-1', display: 'PHQ-9 quick depression assessment panel' },
  ],
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
}

function phq9Item(linkId: (typeof phq9Items)[number], index: number): QuestionnaireItem {
  return {
    linkId,
    type: 'choice',
    required: true,
    prefix: String(index + 1),
    code: [{ system: loincSystem, code: linkId }],
    text: phq9Texts[linkId],
    answerOption: phq9Answers.map((each, ordinal) => ({
      valueCoding: {
        system: loincSystem,
        ...each,
        extension: [{ url: ordinalUrl, valueDecimal: ordinal }],
      },
    })),
  }
}

/** The instruments that ship with Gable, ready to be written as they are. */
export const demoQuestionnaires: Questionnaire[] = [
  ...[prisma7, phq9, whatMatters],
  ...[prepareQuestionnaire, afterQuestionnaire],
]
