import { describe, expect, test } from 'vitest'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  balbirSince,
  type Kept,
  measured,
  openBalbir,
  planWith,
  subject,
  todayBy,
} from '#test-support/worlds/balbir.ts'

const task = (id: string, end: string): Kept => ({
  ...{ resourceType: 'Task', id, status: 'accepted', intent: 'order', for: subject },
  ...{ description: 'Second stair rail', restriction: { period: { end } } },
})
const weight = (day: number, value: number) =>
  measured({
    ...{ id: `w${day}`, code: '29463-7', value, unit: 'kg' },
    at: { effectiveDateTime: `2026-02-2${day}T07:30:00Z` },
  })
const plan = planWith(
  '29463-7',
  [
    { url: 'riseOver', valueDecimal: 2 },
    { url: 'riseDays', valueInteger: 3 },
  ],
  [{ url: 'https://gable.example/fhir/review-on', valueDate: '2026-03-01' }],
)
const records = [
  ...balbirSince('2026-01-20T10:00:00Z'),
  ...[task('a', '2026-03-01'), plan, weight(6, 82), weight(8, 85)],
]

eachStore('$today', (open) => {
  async function asked(who: string, resources: readonly Kept[] = records) {
    const { sql } = await open()
    const server = await openBalbir(sql, resources)
    return await todayBy(await server.as(who))
  }

  describe('The coordinator of a case', () => {
    test('sees what is overdue, due and outside limits', async () => {
      const today = await asked('amina')
      expect(today.items.map((item) => item.kind)).toEqual(['reading', 'promise', 'review'])
      expect(today.people).toEqual([{ id: 'p', family: 'Singh', given: 'Balbir', band: 'today' }])
      expect(today.items[0]?.reading).toMatchObject({ kind: 'weight', rise: 3 })
    })

    test('does not see deleted records', async () => {
      const { sql } = await open()
      const server = await openBalbir(sql, records)
      const admin = await server.as('admin')
      expect((await admin('/fhir/Task/a', { method: 'DELETE' })).ok).toBe(true)
      const today = await todayBy(await server.as('amina'))
      expect(today.items.map((item) => item.kind)).toEqual(['reading', 'review'])
    })
  })

  test('A “not like this” is an item with the person’s words, until the plan is changed or agreed', async () => {
    const { sql } = await open()
    const server = await openBalbir(sql, records)
    const agreementOf = (id: string, code: string, more = {}): Kept => ({
      ...{ resourceType: 'Provenance', id, recorded: '2026-03-01T09:00:00Z' },
      target: [{ reference: 'CarePlan/plan-e/_history/1' }, subject],
      activity: { coding: [{ system: 'https://gable.example/codes', code }] },
      agent: [{ who: subject }],
      ...more,
    })
    const words = { url: 'https://gable.example/fhir/words', valueString: 'Not on a Sunday' }
    const number = { url: 'https://gable.example/fhir/answer-number', valueInteger: 2 }
    const disagreements = async () =>
      (await todayBy(await server.as('amina'))).items.filter((item) => item.kind === 'disagreed')
    await server.seed([agreementOf('a', 'agree', { recorded: '2036-01-01T09:00:00Z' })])
    await server.seed([agreementOf('b', 'disagree', { extension: [words, number] })])
    expect(await disagreements()).toEqual([
      {
        ...{ kind: 'disagreed', person: 'p', reference: 'CarePlan/plan-e', detail: '1' },
        ...{ text: 'Not on a Sunday', due: '2026-03-01T09:00:00Z' },
        whose: { reference: 'Practitioner/amina-yusuf', name: '' },
      },
    ])
    await server.seed([{ ...plan, title: 'Without the Sunday' } as Kept])
    expect(await disagreements()).toEqual([])
  })

  test('A yes in part is an item that names what it left out, until that is changed or agreed', async () => {
    const { sql } = await open()
    const server = await openBalbir(sql, records)
    const leftOut = {
      url: 'https://gable.example/fhir/not-agreed',
      extension: [
        { url: 'record', valueReference: { reference: 'Task/a' } },
        { url: 'words', valueString: 'Not on a Sunday' },
      ],
    }
    const told = (id: string, code: string, targets: readonly string[], more = {}): Kept => ({
      ...{ resourceType: 'Provenance', id, recorded: '2026-03-01T09:00:00Z' },
      target: [...targets.map((reference) => ({ reference })), subject],
      activity: { coding: [{ system: 'https://gable.example/codes', code }] },
      agent: [{ who: subject }],
      ...more,
    })
    const rows = async () =>
      (await todayBy(await server.as('amina'))).items.flatMap(({ kind, notTo, text }) =>
        kind === 'disagreed' ? [[notTo, text]] : [],
      )
    const root = 'CarePlan/plan-e/_history'
    await server.seed([told('part', 'agree-in-part', [`${root}/1`], { extension: [leftOut] })])
    expect(await rows()).toEqual([['Second stair rail', 'Not on a Sunday']])
    await server.seed([{ ...plan, title: 'Something else' } as Kept])
    await server.seed([told('other', 'write-goal', ['Goal/x/_history/1', `${root}/2`])])
    expect(await rows()).toEqual([['Second stair rail', 'Not on a Sunday']])
    await server.seed([told('step', 'write-action', ['Task/a/_history/2', `${root}/3`])])
    expect(await rows()).toEqual([])
  })

  test('A member of the care team sees the same people', async () => {
    const team: Kept = {
      ...{ resourceType: 'CareTeam', id: 'team-e', status: 'active', subject },
      participant: [{ member: { reference: 'Practitioner/karen-lee' } }],
    }
    const { items, people } = await asked('karen', [...records, team])
    expect(items).toHaveLength(3)
    // what a colleague does is no need of hers: the promise is nobody’s yet, and once that is kept she is asked nothing
    expect(people[0]?.band).toBe('today')
    const rest = records.filter((each) => each.id !== 'a')
    expect((await asked('karen', [...rest, team])).people[0]?.band).not.toBe('today')
  })

  test.each([
    ['A user outside the organisation', 'stranger'],
    ['A colleague with no part in the case', 'patel'],
    ['A manager', 'ruth'],
    ['The person', 'grace'],
  ])('%s sees nobody', async (_title, who) => {
    expect(await asked(who)).toEqual({ people: [], items: [], plans: 0, unmet: 0 })
  })
})
