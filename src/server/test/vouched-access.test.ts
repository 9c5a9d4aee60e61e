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
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const records = [
      {
        ...{ resourceType: 'Patient', id: graceId },
        generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
      },
      team({ reference: 'Practitioner/amina-yusuf' }),
      { ...{ resourceType: 'Condition', id: 'secret', meta: restricted }, subject: grace },
    ]
    await server.seed([...standing, ...records] as never)
    const put = async (
      who: string,
      record: Readonly<{ resourceType: string; id: string }>,
      version = 0,
    ) => {
      const headers = version ? { 'If-Match': `W/"${version}"` } : {}
      const path = `/fhir/${record.resourceType}/${record.id}`
      return (await (await server.as(who))(path, { method: 'PUT', headers, json: record })).status
    }
    const reads = async (who: string, path = secret) =>
      (await (await server.as(who))(`/fhir/${path}`)).status
    return { ...server, put, reads }
  }

  test.each([task, ofMing, referral])(
    'naming oneself gives no access to restricted records: %j',
    async (record) => {
      const server = await started()
      expect(await server.put('ming', record)).toBe(201)
      expect([await server.reads('ming'), await server.reads('ming', 'CarePlan/plan-1')]).toEqual([
        404, 200,
      ])
      const found = await (await server.as('ming'))('/fhir/Condition?_total=accurate')
      expect(await found.text()).not.toContain('"secret"')
    },
  )

  test.each(['amina', 'admin'])(
    'being named by %s, who has access, gives access to restricted records',
    async (who) => {
      const server = await started()
      expect(await server.put(who, task)).toBe(201)
      expect(await server.reads('ming')).toBe(200)
    },
  )

  test('a vouched name stays vouched when a colleague edits the team, and nobody else becomes so', async () => {
    const server = await started()
    const amina = { reference: 'Practitioner/amina-yusuf' }
    expect(await server.put('ming', team(amina, ming, patel), 1)).toBe(200)
    expect([
      await server.reads('amina'),
      await server.reads('ming'),
      await server.reads('patel'),
    ]).toEqual([200, 404, 404])
    expect(await server.put('amina', team(amina, ming), 2)).toBe(200)
    expect([await server.reads('ming'), await server.reads('patel')]).toEqual([200, 404])
  })

  test('row-level security gives the same access', async () => {
    const server = await started()
    await server.put('ming', task)
    const everything = server.store.as({
      ...{ role: 'gable_staff', organisation: 'brook-surgery', practitioner: 'ming-zhao' },
      ...{ rooms: '', at: '2026-03-02T09:00Z' },
    })
    const all = { people: { kind: 'all' as const } }
    expect(await everything.read('Condition', 'secret', all)).toBeUndefined()
    expect(await everything.read('Task', 'task', all)).toBeDefined()
  })
})
