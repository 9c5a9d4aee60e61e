import type { RuleLine } from '#domain/rule/rule-lines.ts'

/** A rule of the demonstration, with what was done about it and how many days ago. */
export type DemoRule = Readonly<{
  id: string
  name: string
  lines: readonly RuleLine[]
  /** identities of the demonstration */
  writer: string
  asked: string
  tried: number
  askedAgo: number
  /** days from today on which it is to run: below nought is past */
  from: number
  /** absent: it waits for the answer */
  agreed?: number
  /** what the writer said about one of the people drawn by lot; about the others: the right person */
  wrong: string
}>

/** One that is switched on, and one that was tried and waits for a second person. */
export const demoRules: readonly DemoRule[] = [
  {
    ...{ id: 'rule-getting-weaker', name: 'Getting weaker' },
    lines: [
      { kind: 'age', but: false, count: 65 },
      { kind: 'emergency-stay', but: false, count: 1, months: 12 },
      { kind: 'frailty-up', but: false, count: 1, months: 24 },
      { kind: 'caseload', but: true },
    ],
    ...{ writer: 'amina', asked: 'patel', tried: 24, askedAgo: 23, agreed: 22, from: -20 },
    wrong: 'Their surgery sees them every month. A call from us would add nothing.',
  },
  {
    ...{ id: 'rule-medicines-after-stay', name: 'Five medicines or more after a stay in hospital' },
    lines: [
      { kind: 'emergency-stay', but: false, count: 1, months: 6 },
      { kind: 'medicines', but: false, count: 5 },
      { kind: 'care-home', but: true },
    ],
    ...{ writer: 'ming', asked: 'patel', tried: 3, askedAgo: 2, from: 7 },
    wrong: 'I went through the medicines with them last week.',
  },
]
