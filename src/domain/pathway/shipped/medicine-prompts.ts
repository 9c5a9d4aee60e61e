import type { CardStep, CareCard } from '#domain/pathway/care-card.ts'

const stopp = 'After the idea of STOPP/START version 3 (2023), in our own words'
const kidneys = 'After the idea of NICE NG203, Chronic kidney disease (2021)'
const diabetes = 'NICE NG28, Type 2 diabetes in adults (2015), from memory: not checked'
const dementia = 'After the idea of NICE NG97, Dementia (2018)'
const many = 'After the idea of NHS England, Structured medication reviews (2020)'

const review: CardStep = {
  ...{ code: 'review', kind: 'referral' },
  words: 'GP or pharmacist: consider reviewing these medicines',
}

type Written = Readonly<
  Pick<CareCard, 'code' | 'title' | 'shows'> & {
    words: string
    source: string
    needs?: CareCard['needs']
    steps?: readonly CardStep[]
  }
>

const prompt = ({
  code,
  title,
  shows,
  words,
  source,
  needs = [],
  steps = [],
}: Written): CareCard => ({
  ...{ code, version: 1, kind: 'medicine', title, shows, needs },
  lines: [{ words, source }],
  steps: [review, ...steps],
})

const kidneyResult = { on: 'result', result: 'kidneys', months: 12 } as const
const askMedicines: CardStep = {
  ...{ code: 'ask', kind: 'assessment', next: 'medicines-checklist' },
  words: 'Ask the person about their medicines',
}

/**
 * Ten prompts in our own words. Each says only “consider reviewing”, to the GP or the pharmacist. That a result is old after
 * twelve months is our own choice.
 * @unverified care-card
 */
export const medicinePrompts: readonly CareCard[] = [
  prompt({
    ...{ code: 'many-medicines', title: 'Consider reviewing: many medicines at once' },
    shows: [[{ on: 'medicines', from: 10 }]],
    words: 'Ten medicines or more. Consider reviewing which of them still help.',
    ...{ source: many, steps: [askMedicines] },
  }),
  prompt({
    code: 'nsaid-kidneys',
    title: 'Consider reviewing: an anti-inflammatory and kidney disease',
    shows: [
      [
        { on: 'medicine', among: ['anti-inflammatory'] },
        { on: 'condition', among: ['kidneys'] },
      ],
    ],
    words: 'An anti-inflammatory painkiller can harm weak kidneys. Consider reviewing it.',
    ...{ source: kidneys, needs: [kidneyResult] },
  }),
  prompt({
    code: 'nsaid-heart',
    title: 'Consider reviewing: an anti-inflammatory and heart failure',
    shows: [
      [
        { on: 'medicine', among: ['anti-inflammatory'] },
        { on: 'condition', among: ['heart-failure'] },
      ],
    ],
    words: 'An anti-inflammatory painkiller can hold water back. Consider reviewing it.',
    source: stopp,
    needs: [{ on: 'result', result: 'weight', months: 1 }, kidneyResult],
  }),
  prompt({
    code: 'bleeding',
    title: 'Consider reviewing: two medicines that make bleeding easier',
    shows: [
      [
        { on: 'medicine', among: ['anticoagulant'] },
        { on: 'medicine', among: ['anti-inflammatory', 'antiplatelet'] },
      ],
    ],
    words: 'Together they make bleeding easier. Consider reviewing whether both are still meant.',
    source: stopp,
  }),
  prompt({
    code: 'kidney-bloods',
    title: 'Consider reviewing: kidney blood tests with this medicine',
    shows: [
      [
        { on: 'medicine', among: ['ace-or-arb', 'water-tablet'] },
        { on: 'no-result', result: 'kidneys', months: 12 },
      ],
      [
        { on: 'medicine', among: ['ace-or-arb', 'water-tablet'] },
        { on: 'no-result', result: 'potassium', months: 12 },
      ],
    ],
    words:
      'With these medicines kidney function and potassium are watched. Consider reviewing when they were last measured.',
    source: kidneys,
    needs: [kidneyResult, { on: 'result', result: 'potassium', months: 12 }],
  }),
  prompt({
    code: 'anticholinergic',
    title: 'Consider reviewing: medicines that can dry and confuse',
    shows: [
      [{ on: 'medicine', among: ['anticholinergic'], from: 2 }],
      [
        { on: 'medicine', among: ['anticholinergic'] },
        { on: 'condition', among: ['dementia', 'falls', 'frailty'] },
      ],
    ],
    words:
      'They can cause a dry mouth, constipation, confusion and falls. Consider reviewing them together.',
    source: stopp,
  }),
  prompt({
    code: 'sedative-falls',
    title: 'Consider reviewing: a medicine that makes sleepy, and falls',
    shows: [
      [
        { on: 'medicine', among: ['sedative'] },
        { on: 'condition', among: ['falls', 'frailty'] },
      ],
      [
        { on: 'medicine', among: ['sedative'] },
        { on: 'answers', form: 'falls-checklist', when: ['fallen is yes'] },
      ],
    ],
    words:
      'It can make falls more likely. Consider reviewing it; some of these must not be stopped at once.',
    source: stopp,
    needs: [{ on: 'asked', form: 'falls-checklist', name: 'Falls checklist', months: 12 }],
  }),
  prompt({
    code: 'antipsychotic',
    title: 'Consider reviewing: an antipsychotic and dementia',
    shows: [
      [
        { on: 'medicine', among: ['antipsychotic'] },
        { on: 'condition', among: ['dementia'] },
      ],
    ],
    words: 'Consider reviewing whether it still helps, with the person and those close to them.',
    source: dementia,
  }),
  prompt({
    code: 'opioid-bowels',
    title: 'Consider reviewing: a strong painkiller without a laxative',
    shows: [
      [
        { on: 'medicine', among: ['opioid'] },
        { on: 'no-medicine', among: ['laxative'] },
      ],
    ],
    words: 'No laxative is on the record beside it. Consider reviewing how the bowels are.',
    ...{ source: stopp, steps: [askMedicines] },
  }),
  prompt({
    code: 'metformin',
    title: 'Consider reviewing: metformin and kidney function',
    shows: [
      [
        { on: 'medicine', among: ['metformin'] },
        { on: 'result-below', result: 'kidneys', below: 45, months: 12 },
      ],
    ],
    words: 'Kidney function decides about metformin. Consider reviewing it below 45 ml a minute.',
    ...{ source: diabetes, needs: [kidneyResult] },
  }),
]
