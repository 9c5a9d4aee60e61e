import { amina, goal, grace } from './grace-records.ts'

const codes = 'https://gable.example/codes'
const ours = (name: string) => `https://gable.example/fhir/${name}`
export const levels = [
  'I stay in my chair',
  'To the gate',
  'To the corner',
  'To St Anne’s',
  'No rests',
]
export const scaleOf = (words: readonly string[], number = 1) => ({
  url: ours('attainment-scale'),
  extension: [
    { url: 'number', valueInteger: number },
    ...words.map((each, at) => ({
      url: 'level',
      extension: [
        { url: 'score', valueInteger: at - 2 },
        { url: 'words', valueString: each },
      ],
    })),
  ],
})
export const scaled = { ...goal(grace), extension: [scaleOf(levels)] }

export type Said = Readonly<Record<string, unknown>>
export const view = (code: string, by: object, more: Said) => ({
  ...{ resourceType: 'Observation', id: crypto.randomUUID() as string, status: 'final' },
  ...{ code: { coding: [{ system: codes, code }] }, subject: grace, performer: [by] },
  effectiveDateTime: '2026-03-02T08:00:00Z',
  ...more,
})
export const score = (by: object, valueInteger: number, more: Said = {}) =>
  view('goal-attainment-score', by, {
    focus: [{ reference: 'Goal/goal-1' }],
    valueInteger,
    ...more,
  })
export const top = (by: object, more: Said = { focus: [{ reference: 'Goal/goal-1' }] }) =>
  view('top-goal', by, more)
export const closing = (code: string) => ({
  ...{ resourceType: 'Communication', id: crypto.randomUUID() as string, status: 'completed' },
  sender: amina,
  ...{ category: [{ coding: [{ system: codes, code: 'round-closed' }] }], subject: grace },
  ...{ about: [{ reference: 'Goal/goal-1' }], sent: '2026-03-02T09:00:00Z' },
  extension: [{ url: ours('closes'), valueCode: code }],
})
