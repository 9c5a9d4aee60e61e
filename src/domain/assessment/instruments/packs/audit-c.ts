import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  type Choice,
  choiceItem,
  questionnaireFrom,
} from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem, loincSystem } from '#domain/fhir/codes.ts'

/** Three items 0 to 4. Somebody who never drinks is not asked the other two: they count nought. */
export const auditC: Instrument = {
  id: 'audit-c',
  url: libraryUrl('audit-c'),
  version: '1.0',
  title: 'AUDIT-C: alcohol',
  topic: 'wellbeing',
  licence: 'pack',
  terms:
    'AUDIT, World Health Organization: free for use that is not commercial. This is the UK version of its first three questions.',
  rule: {
    questionnaire: libraryUrl('audit-c'),
    versions: ['1.0'],
    method: 'sum-of-ordinals',
    items: ['how-often', 'how-much', 'how-often-much'],
    notAskedIsNought: true,
    code: { system: loincSystem, code: '75626-2', display: 'Total score [AUDIT-C]' },
    bands: [
      {
        ...{ code: 'below-limit', from: 0, to: 4, name: 'Below the limit' },
        meaning: 'The answers are below the number at which the full AUDIT is asked in the UK.',
      },
      {
        ...{ code: 'ask-audit', from: 5, to: 12, name: 'Ask the full AUDIT' },
        meaning: 'The answers may point to harmful drinking. Ask the full AUDIT next.',
      },
    ],
    max: 12,
    source: 'Bush et al. Arch Intern Med 1998;158:1789–1795; UK limit of 5 for the full AUDIT',
    caution: 'A low score is no advice to drink: medicines, falls and illness change what is safe.',
    unverified: 'the limit of 5',
    better: 'lower',
  },
}

const drinks = [1, 2, 3, 4].map((points) => ({
  ...{ question: 'how-often', operator: '=' as const },
  answerCoding: { system: gableCodeSystem, code: `how-often-${points}` },
}))

const whoDrinks = (linkId: string, prefix: string, text: string, choices: readonly Choice[]) => ({
  ...choiceItem({ linkId, prefix, text, enableWhen: drinks }, choices),
  enableBehavior: 'any' as const,
})

export const auditCQuestionnaire = questionnaireFrom(auditC, {
  description: 'Three questions. The last two are asked only of somebody who drinks.',
  item: [
    choiceItem(
      {
        ...{ linkId: 'how-often', prefix: '1' },
        text: 'How often do you have a drink containing alcohol?',
      },
      [
        [0, 'Never'],
        [1, 'Monthly or less'],
        [2, '2 to 4 times per month'],
        [3, '2 to 3 times per week'],
        [4, '4 times or more per week'],
      ],
    ),
    whoDrinks(
      'how-much',
      '2',
      'How many units of alcohol do you drink on a typical day when you are drinking?',
      [
        [0, '0 to 2'],
        [1, '3 to 4'],
        [2, '5 to 6'],
        [3, '7 to 9'],
        [4, '10 or more'],
      ],
    ),
    whoDrinks(
      'how-often-much',
      '3',
      'How often have you had 6 or more units if female, or 8 or more if male, on a single occasion in the last year?',
      [
        [0, 'Never'],
        [1, 'Less than monthly'],
        [2, 'Monthly'],
        [3, 'Weekly'],
        [4, 'Daily or almost daily'],
      ],
    ),
  ],
})
