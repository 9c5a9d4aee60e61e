import { expect, test } from 'vitest'
import { nextStep } from './social-care-work.ts'

const who = (voice: 'person' | 'professional') => ({ reference: '', name: voice, voice })
const written = (id: string, at: string, isDone: boolean, voice: 'person' | 'professional') => ({
  ...{ id, at, isDone, by: who(voice) },
})
const home = (at: string) => written('home', at, false, 'person')
const open = (at: string) => written('open', at, false, 'professional')
const done = (at: string) => written('done', at, true, 'professional')
const decided = (at: string, isEligible = true) => ({
  ...{ assessment: 'done', at, isEligible, by: who('professional') },
})

const cases: readonly [
  string,
  Readonly<{ is: ReturnType<typeof written>[]; and?: ReturnType<typeof decided>[] }>,
  string | undefined,
][] = [
  ['nothing was written', { is: [] }, undefined],
  ['the person began at home', { is: [home('2026-03-01')] }, 'begun-at-home 2026-03-01'],
  [
    'it is being written',
    { is: [open('2026-03-02'), home('2026-03-01')] },
    'being-written 2026-03-02',
  ],
  ['it is finished and nobody decided', { is: [done('2026-03-02')] }, 'to-decide 2026-03-02'],
  [
    'what was written at home before it was finished is done with',
    { is: [done('2026-03-02'), home('2026-03-01')] },
    'to-decide 2026-03-02',
  ],
  [
    'the person wrote again since',
    { is: [home('2026-03-05'), done('2026-03-02')], and: [decided('2026-03-03')] },
    'begun-at-home 2026-03-05',
  ],
  [
    'a draft that somebody left before it was finished is done with',
    { is: [done('2026-03-02'), open('2026-03-01')] },
    'to-decide 2026-03-02',
  ],
  [
    'the review is due, with an old draft and old words from home',
    {
      is: [done('2025-01-10'), open('2025-01-09'), home('2025-01-08')],
      and: [decided('2025-01-10')],
    },
    'review 2026-01-10',
  ],
  [
    'it was decided a month ago',
    { is: [done('2026-02-10')], and: [decided('2026-02-10')] },
    'plan-to-write 2026-02-10',
  ],
  [
    'the review is due in 29 days',
    { is: [done('2025-04-08')], and: [decided('2025-04-08')] },
    'plan-to-write 2025-04-08',
  ],
  [
    'the review is due in 28 days',
    { is: [done('2025-04-07')], and: [decided('2025-04-07')] },
    'review 2026-04-07',
  ],
  [
    'the review is overdue',
    { is: [done('2025-01-10')], and: [decided('2025-01-10')] },
    'review 2026-01-10',
  ],
  [
    'there was no right to support',
    { is: [done('2025-01-10')], and: [decided('2025-01-10', false)] },
    undefined,
  ],
]

test.each(cases)('what comes next with an assessment: %s', (_title, { is, and }, wanted) => {
  const found = nextStep({
    ...{ assessments: is, decisions: and ?? [], today: '2026-03-10' },
    dayOf: (instant) => instant,
  })
  expect(found && `${found.step} ${found.day}`).toBe(wanted)
})
