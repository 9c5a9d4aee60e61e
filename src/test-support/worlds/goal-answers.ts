import type { Bundle, Observation } from '@medplum/fhirtypes'
import type { Sql } from '#server/store/sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { amina, goal, grace, share, standing } from './grace-records.ts'

const codes = 'https://gable.example/codes'
export const tom = { reference: 'Practitioner/tom-price' }
export const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
} as const
const team = {
  ...{ resourceType: 'CareTeam', id: 'team-1', status: 'active', subject: grace },
  participant: [amina, tom].map((member) => ({ member })),
} as const
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

/** Grace’s goal with five levels, her team and an open case, with short ways to write and read. */
export async function goalServer(sql: Sql) {
  const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
  const consent = share(['conversation'], ['read', 'write'])
  await server.seed([...standing, openCase, team, scaled, consent] as never, 'brook-surgery')
  const put = async (who: string, record: Said, version?: number) =>
    await (await server.as(who))(`/fhir/${record['resourceType']}/${record['id']}`, {
      ...{ method: 'PUT', json: record },
      ...(version ? { headers: { 'If-Match': `W/"${version}"` } } : {}),
    })
  const read = async (who: string, path: string) => await (await server.as(who))(`/fhir/${path}`)
  const found = async (who: string, path: string) => {
    const bundle = (await (await read(who, path)).json()) as Bundle
    return (bundle.entry ?? []).map(({ resource }) => resource as Observation)
  }
  const alone = async (who: string) => {
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: 'patient', valueId: grace.reference.slice(8) }],
    }
    const call = await server.as(who)
    const answer = await call('/fhir/Observation/$answered-alone', { method: 'POST', json: body })
    const { entry = [] } = (await answer.json()) as Bundle
    return Object.fromEntries(
      entry.map(({ resource }) => {
        const { performer, valueInteger, valueString, focus, code } = resource as Observation
        const isTop = code.coding?.[0]?.code === 'top-goal'
        const said = isTop ? (valueString ?? focus?.[0]?.reference) : valueInteger
        return [performer?.[0]?.reference?.split('/')[0], said ?? 'hidden']
      }),
    )
  }
  const scores = async (who: string) =>
    await found(who, `Observation?patient=${grace.reference}&code=goal-attainment-score`)
  return { ...server, put, read, found, alone, scores }
}
