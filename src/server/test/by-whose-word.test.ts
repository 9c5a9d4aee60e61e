import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { grace, standing } from '#test-support/worlds/grace-records.ts'

const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
}
const ming = { reference: 'Practitioner/ming-zhao' }
const patel = { reference: 'Practitioner/anil-patel' }
const team = (...members: readonly { reference: string }[]) => ({
  ...{ resourceType: 'CareTeam', id: 'team', status: 'active', subject: grace },
  participant: members.map((member) => ({ member })),
})
const task = {
  ...{ resourceType: 'Task', id: 'task', status: 'requested', intent: 'order' },
  ...{ for: grace, owner: ming },
}
const referral = {
  ...{ resourceType: 'ServiceRequest', id: 'referral', status: 'active', intent: 'order' },
  ...{ subject: grace, performer: [ming] },
}
const ofMing = { ...team(ming), id: 'mine' }
const secret = 'Condition/secret'

eachStore('Named access to restricted records', (open) => {
  const started = async () => {
    const { sql } = await open()
    const house = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const records = [
      {
        ...{ resourceType: 'Patient', id: graceId },
        generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
      },
      team({ reference: 'Practitioner/amina-yusuf' }),
      { ...{ resourceType: 'Condition', id: 'secret', meta: restricted }, subject: grace },
    ]
    await house.seed([...standing, ...records] as never)
    const put = async (
      who: string,
      record: Readonly<{ resourceType: string; id: string }>,
      version = 0,
    ) => {
      const headers = version ? { 'If-Match': `W/"${version}"` } : {}
      const path = `/fhir/${record.resourceType}/${record.id}`
      return (await (await house.as(who))(path, { method: 'PUT', headers, json: record })).status
    }
    const reads = async (who: string, path = secret) =>
      (await (await house.as(who))(`/fhir/${path}`)).status
    return { ...house, put, reads }
  }

  test.each([task, ofMing, referral])(
    'naming oneself gives no access to restricted records: %j',
    async (record) => {
      const house = await started()
      expect(await house.put('ming', record)).toBe(201)
      expect([await house.reads('ming'), await house.reads('ming', 'CarePlan/plan-1')]).toEqual([
        404, 200,
      ])
      const found = await (await house.as('ming'))('/fhir/Condition?_total=accurate')
      expect(await found.text()).not.toContain('"secret"')
    },
  )

  test.each(['amina', 'admin'])(
    'being named by %s, who has access, gives access to restricted records',
    async (who) => {
      const house = await started()
      expect(await house.put(who, task)).toBe(201)
      expect(await house.reads('ming')).toBe(200)
    },
  )

  test('a vouched name stays vouched when a colleague edits the team, and nobody else becomes so', async () => {
    const house = await started()
    const amina = { reference: 'Practitioner/amina-yusuf' }
    expect(await house.put('ming', team(amina, ming, patel), 1)).toBe(200)
    expect([
      await house.reads('amina'),
      await house.reads('ming'),
      await house.reads('patel'),
    ]).toEqual([200, 404, 404])
    expect(await house.put('amina', team(amina, ming), 2)).toBe(200)
    expect([await house.reads('ming'), await house.reads('patel')]).toEqual([200, 404])
  })

  test('row-level security gives the same access', async () => {
    const house = await started()
    await house.put('ming', task)
    const everything = house.store.as({
      ...{ role: 'gable_staff', organisation: 'brook-surgery', practitioner: 'ming-zhao' },
      ...{ rooms: '', at: '2026-03-02T09:00Z' },
    })
    const all = { people: { kind: 'all' as const } }
    expect(await everything.read('Condition', 'secret', all)).toBeUndefined()
    expect(await everything.read('Task', 'task', all)).toBeDefined()
  })
})
