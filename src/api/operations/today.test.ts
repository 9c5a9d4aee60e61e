import type { Parameters, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { todayFromParameters } from '#domain/today/wire.ts'
import { openHandler } from '#testing/handler.ts'
import { eachStore } from '#testing/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const subject = { reference: 'Patient/p' }
type Kept = Resource & { id: string }

const patient: Kept = {
  ...{ resourceType: 'Patient', id: 'p', name: [{ family: 'Singh', given: ['Balbir'] }] },
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}
const episode: Kept = {
  ...{ resourceType: 'EpisodeOfCare', id: 'e', status: 'active', patient: subject },
  careManager: { reference: 'Practitioner/amina-yusuf' },
  period: { start: '2026-01-20T10:00:00Z' },
}
const task = (id: string, end: string): Kept => ({
  ...{ resourceType: 'Task', id, status: 'accepted', intent: 'order', for: subject },
  ...{ description: 'Second stair rail', restriction: { period: { end } } },
})
const weight = (day: number, value: number): Kept => ({
  ...{ resourceType: 'Observation', id: `w${day}`, status: 'final', subject },
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  effectiveDateTime: `2026-02-2${day}T07:30:00Z`,
  performer: [{ reference: 'Patient/p' }],
  valueQuantity: { value, code: 'kg', unit: 'kg' },
})
const plan: Kept = {
  ...{ resourceType: 'CarePlan', id: 'plan-e', status: 'active', intent: 'plan', subject },
  extension: [
    { url: 'https://gable.example/fhir/review-on', valueDate: '2026-03-01' },
    {
      url: 'https://gable.example/fhir/reading-limit',
      extension: [
        { url: 'code', valueCode: '29463-7' },
        { url: 'riseOver', valueDecimal: 2 },
        { url: 'riseDays', valueInteger: 3 },
      ],
    },
  ],
}
const records = [patient, episode, task('a', '2026-03-01'), plan, weight(6, 82), weight(8, 85)]

eachStore('$today', (open) => {
  async function asked(who: string, resources: readonly Kept[] = records) {
    const { sql } = await open()
    const door = await openHandler({ sql, now })
    await door.seed(resources)
    const answer = await (await door.as(who))('/fhir/$today')
    expect(answer.status).toBe(200)
    return todayFromParameters((await answer.json()) as Parameters)
  }

  describe('The one who leads a case', () => {
    test('sees what is late, due and out of limits', async () => {
      const today = await asked('amina')
      expect(today.items.map((item) => item.kind)).toEqual(['reading', 'promise', 'review'])
      expect(today.people).toEqual([
        { id: 'p', family: 'Singh', given: 'Balbir', stretch: 'today' },
      ])
      expect(today.items[0]?.reading).toMatchObject({ kind: 'weight', rise: 3 })
    })

    test('does not see what was deleted', async () => {
      const { sql } = await open()
      const door = await openHandler({ sql, now })
      await door.seed(records)
      const amina = await door.as('amina')
      const admin = await door.as('admin')
      expect((await admin('/fhir/Task/a', { method: 'DELETE' })).ok).toBe(true)
      const today = todayFromParameters((await (await amina('/fhir/$today')).json()) as Parameters)
      expect(today.items.map((item) => item.kind)).toEqual(['reading', 'review'])
    })
  })

  test('A member of the team sees the same people', async () => {
    const team: Kept = {
      ...{ resourceType: 'CareTeam', id: 'team-e', status: 'active', subject },
      participant: [{ member: { reference: 'Practitioner/karen-lee' } }],
    }
    expect((await asked('karen', [...records, team])).items).toHaveLength(3)
  })

  test.each([
    ['A stranger', 'stranger'],
    ['A colleague who has no part in the case', 'patel'],
    ['A manager', 'ruth'],
    ['The person', 'grace'],
  ])('%s sees nobody', async (_title, who) => {
    expect(await asked(who)).toEqual({ people: [], items: [], plans: 0, unmet: 0 })
  })
})
