import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'
import { rulesFor } from './rules-for.ts'

const swallowing = 'After the idea of NICE CG32, Nutrition support for adults'
const medicines = 'After the idea of NICE NG5, Medicines optimisation (2015)'

export const bodyAndMedicinesRules: readonly AnswerRule[] = [
  ...rulesFor('nutrition-checklist', [
    {
      code: 'eats-less',
      when: ['appetite is yes', 'clothes is yes'],
      ...{ kind: 'need', words: 'Eating less, and losing weight' },
      because: 'eats less, and clothes or rings have become loose',
      source: swallowing,
    },
    {
      code: 'eats-must',
      when: ['clothes is yes'],
      ...{ kind: 'assessment', words: 'MUST: risk of malnutrition', next: 'must' },
      because: 'clothes or rings have become loose',
      source: swallowing,
    },
    {
      code: 'swallow-slt',
      when: ['swallow is yes'],
      ...{ kind: 'referral', words: 'Speech and language therapy: swallowing' },
      because: 'coughs or chokes when eating or drinking',
      source: swallowing,
    },
    {
      code: 'mouth-dentist',
      when: ['mouth is yes'],
      ...{ kind: 'task', days: 14, words: 'Arrange a dentist' },
      because: 'teeth or mouth hurt',
    },
    {
      code: 'food-money',
      when: ['money is yes'],
      ...{ kind: 'task', days: 3, words: 'Food help, and a check of benefits' },
      because: 'goes without food because of money',
    },
    {
      code: 'drinks-little',
      when: ['drinks is no'],
      ...{ kind: 'task', days: 3, words: 'Talk about what, when and how to drink' },
      because: 'drinks less than six cups on most days',
      isUnverified: true,
    },
  ]),
  ...rulesFor('must', [
    {
      code: 'must-high',
      when: ['band is high'],
      ...{ kind: 'referral', words: 'Dietitian: a plan for eating and drinking' },
      because: '{score} on MUST',
      ...{ source: 'BAPEN, “MUST”: 2 or more', isUnverified: true },
    },
    {
      code: 'must-medium',
      when: ['band is medium'],
      ...{ kind: 'task', days: 28, words: 'Weigh again' },
      because: '{score} on MUST',
      ...{ source: 'BAPEN, “MUST”: 1', isUnverified: true },
    },
  ]),
  ...rulesFor('pain', [
    {
      code: 'pain-severe',
      when: ['score from 7'],
      ...{ kind: 'task', days: 3, words: 'Review pain relief with the GP or pharmacist' },
      because: 'pain of {score} of 10',
      isUnverified: true,
    },
  ]),
  ...rulesFor('daily-living-checklist', [
    {
      code: 'wash-undone',
      when: ['wash is wash-3'],
      ...{ kind: 'need', words: 'Washing and dressing are not done' },
      because: 'washing and dressing are not done',
    },
    {
      code: 'eat-undone',
      when: ['eat is eat-2, eat-3'],
      ...{ kind: 'assessment', next: 'nutrition-checklist' },
      words: 'Eating and drinking checklist',
      because: 'cannot eat and drink alone',
    },
    {
      code: 'move-help',
      when: ['move is move-1, move-2, move-3'],
      ...{ kind: 'assessment', words: 'Falls checklist', next: 'falls-checklist' },
      because: 'needs help to move about indoors',
    },
    {
      code: 'out-never',
      when: ['out is out-3'],
      ...{ kind: 'assessment', words: 'Three questions about loneliness', next: 'ucla-3' },
      because: 'does not go out',
    },
  ]),
  ...rulesFor('medicines-checklist', [
    {
      code: 'meds-ill',
      when: ['side-effects is yes'],
      ...{ kind: 'task', days: 7, words: 'Ask the pharmacist about side effects' },
      because: 'a medicine makes the person feel unwell',
      source: medicines,
    },
    {
      code: 'meds-know',
      when: ['knows is no'],
      ...{ kind: 'task', days: 28, words: 'A medicines talk with the pharmacist' },
      because: 'does not know what each medicine is for',
      source: medicines,
    },
    {
      code: 'meds-takes',
      when: ['takes is no'],
      ...{ kind: 'need', words: 'Taking medicines otherwise than on the label' },
      because: 'does not take medicines as the label says',
      source: medicines,
    },
    {
      code: 'meds-packs',
      when: ['opens is no'],
      ...{ kind: 'task', days: 14, words: 'Ask the pharmacist for packs and labels that work' },
      because: 'cannot open the packs or read the labels',
      source: medicines,
    },
    {
      code: 'meds-old',
      when: ['at-home is yes'],
      ...{ kind: 'task', days: 28, words: 'Take old medicines back to the pharmacy' },
      because: 'old medicines at home that nobody takes',
    },
  ]),
]
