import type { Flag, PractitionerRole } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { raisedAlerts, withAlertAnswer } from '#domain/alert/raised-alert.ts'
import { withAbsence } from '#domain/cover/absence-fhir.ts'
import { whoCoversAnswer } from '#domain/cover/who-covers.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { beginCover } from '#test-support/worlds/cover-world.ts'

const subject = { reference: 'Patient/Huw' }

const watching = {
  ...{ resourceType: 'CarePlan', id: 'plan-case-Huw', status: 'active', intent: 'plan', subject },
  extension: [
    {
      url: 'https://gable.example/fhir/trend-rule',
      extension: [
        { url: 'code', valueCode: 'weight-up' },
        { url: 'version', valueString: '1' },
        { url: 'since', valueDateTime: '2026-11-01T10:00:00Z' },
      ],
    },
  ],
} as ResourceWithId

const weight = (id: string, value: number, day: string): ResourceWithId =>
  ({
    ...{ resourceType: 'Observation', id, status: 'final', subject, performer: [subject] },
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    valueQuantity: { value, code: 'kg', unit: 'kg' },
    effectiveDateTime: `${day}T07:30:00Z`,
  }) as ResourceWithId

const team = {
  ...{ resourceType: 'CareTeam', id: 'team-case-Huw', status: 'active', subject },
  participant: [
    { member: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' } },
    { member: { reference: 'Practitioner/anil-patel', display: 'Dr Anil Patel' } },
  ],
} as ResourceWithId

const called = (reference: string, name: string) => ({
  ...{ reference, name, voice: 'professional' as const },
})
const aminaWho = called('Practitioner/amina-yusuf', 'Amina Yusuf')
const tomWho = called('Practitioner/tom-price', 'Tom Price')

/** She works at the hospital too, and is away there. */
const elsewhere = {
  ...withAbsence(
    {
      ...{ resourceType: 'PractitionerRole', active: true },
      practitioner: { reference: aminaWho.reference, display: aminaWho.name },
      organization: { reference: 'Organization/st-annes-hospital' },
    } as PractitionerRole,
    {
      ...{ id: 'a-elsewhere', who: aminaWho, cover: tomWho, from: '2026-12-01' },
      ...{ until: '2026-12-10', by: 'Amina Yusuf', at: '2026-11-30T09:00:00Z' },
    },
  ),
  id: 'role-amina-elsewhere',
} as ResourceWithId

const ming = {
  ...{ resourceType: 'Practitioner', id: 'ming-zhao', name: [{ family: 'Zhao', given: ['Ming'] }] },
  telecom: [{ system: 'phone', value: '020 7946 0999' }],
} as ResourceWithId

eachStore('An alert while its owner is away', (open) => {
  async function begin(more: readonly ResourceWithId[] = []) {
    const records = [watching, team, weight('w1', 82, '2026-12-01'), ...more]
    const begun = await beginCover(open, records)
    const add = async (reading: ResourceWithId) =>
      await (await begun.server.as('patel'))(`/fhir/Observation/${reading.id}`, {
        ...{ method: 'PUT', json: reading, headers: { 'If-None-Match': '*' } },
      })
    const alerts = async () => {
      const { rows } = await begun.sql.query<{ id: string; content: Flag }>(
        `select id, content from resource where rt = 'Flag' order by id`,
      )
      return raisedAlerts(rows.map(({ id, content }) => ({ ...content, id })))
    }
    const reading = async (who: string) =>
      (await begun.today(who)).items.find(({ kind }) => kind === 'reading')
    return { ...begun, add, alerts, reading }
  }

  test('goes to whoever covers, and on to nobody who is away', async () => {
    const { keep, passDays, add, alerts, reading } = await begin()
    await keep('amina')
    passDays(3)
    expect((await add(weight('w2', 84, '2026-12-03'))).status).toBe(201)
    const ming = { reference: 'Practitioner/ming-zhao', name: 'Ming Zhao' }
    const patel = { reference: 'Practitioner/anil-patel' }
    expect(await alerts()).toMatchObject([{ duty: { owner: ming, next: patel } }])
    expect(await reading('ming')).toMatchObject({ owner: ming, whose: ming })
    expect((await reading('patel'))?.whose).toEqual(ming)
  })

  test('is handed back with everything else that happened, and who did it', async () => {
    const { keep, passDays, add, alerts, server, whileAway, end, absences } = await begin()
    await keep('amina')
    passDays(3)
    await add(weight('w2', 84, '2026-12-03'))
    const [alert] = await alerts()
    const ming = await server.as('ming')
    const said = {
      reference: 'Practitioner/ming-zhao',
      name: 'Ming Zhao',
      voice: 'professional' as const,
    }
    const flag = (await (await ming(`/fhir/Flag/${alert?.flag}`)).json()) as Flag
    const answered = withAlertAnswer(flag, {
      by: said,
      at: '2026-12-03T09:00:00Z',
      words: 'Called him.',
    })
    const put = { method: 'PUT', json: answered, headers: { 'If-Match': 'W/"1"' } }
    expect((await ming(`/fhir/Flag/${alert?.flag}`, put)).status).toBe(200)
    expect((await whileAway('ming')).status, 'for whoever was away alone').toBe(404)
    passDays(12)
    const { people } = await whileAway('amina')
    expect(people.map(({ id }) => id)).toEqual(['Huw', 'Rahima', 'Zofia'])
    expect(people[0]?.lines).toMatchObject([
      { kind: 'alert-answered', by: 'Ming Zhao', text: 'Called him.' },
      { kind: 'alert', by: 'Ming Zhao' },
    ])
    expect(people[1]?.lines).toEqual([])
    expect((await end('amina', 'a-1', true)).status).toBe(200)
    expect((await absences('amina')).absences).toMatchObject([{ state: 'read' }])
  })

  test('was raised before, and is answered by whoever covers until they are back', async () => {
    const { keep, passDays, add, reading } = await begin()
    passDays(2)
    expect((await add(weight('w2', 84, '2026-12-02'))).status).toBe(201)
    expect((await reading('amina'))?.whose?.name).toBe('Amina Yusuf')
    await keep('amina')
    expect(await reading('ming')).toMatchObject({
      ...{ owner: { name: 'Ming Zhao' }, whose: { name: 'Ming Zhao' } },
      coverFor: { name: 'Amina Yusuf', until: '2026-12-14' },
    })
  })

  test('goes to the coordinator again once they are back', async () => {
    const { keep, passDays, add, alerts } = await begin()
    await keep('amina')
    passDays(15)
    expect((await add(weight('w1b', 82, '2026-12-14'))).status).toBe(201)
    expect((await add(weight('w2', 84, '2026-12-15'))).status).toBe(201)
    expect(await alerts()).toMatchObject([{ duty: { owner: { name: 'Amina Yusuf' } } }])
  })

  test('stays with a coordinator who is away from another organisation only', async () => {
    const { server, passDays, add, alerts, today } = await begin([elsewhere])
    passDays(3)
    await add(weight('w2', 84, '2026-12-03'))
    expect(await alerts()).toMatchObject([{ duty: { owner: aminaWho } }])
    expect((await today('tom')).people).toEqual([])
    expect((await today('amina')).people).toHaveLength(3)
    const told = await (await server.as('patel'))('/fhir/Patient/Huw/$who-covers')
    expect(whoCoversAnswer.read(await told.json()).away).toBeUndefined()
  })

  test('goes to the team, and gives no number, if whoever covers works here no more', async () => {
    const { server, sql, keep, passDays, add, alerts } = await begin([ming])
    await keep('amina')
    passDays(3)
    const phone = async () => {
      const told = await (await server.as('patel'))('/fhir/Patient/Huw/$who-covers')
      return whoCoversAnswer.read(await told.json()).away?.phone
    }
    expect(await phone()).toContain('7946 0999')
    await sql.query(
      `update resource set content = jsonb_set(content, '{active}', 'false') where id = 'role-ming-zhao'`,
    )
    expect(await phone()).toBe('')
    await add(weight('w2', 84, '2026-12-03'))
    expect(await alerts()).toMatchObject([{ duty: { owner: { name: 'Dr Anil Patel' } } }])
  })

  test('that is restricted goes to somebody who is named in the care, not to a cover who may not read it', async () => {
    const code = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }
    const closed = { ...weight('w1', 82, '2026-12-01'), meta: { security: [code] } }
    const { keep, passDays, add, alerts, today } = await begin([closed])
    await keep('amina')
    passDays(3)
    await add(weight('w2', 84, '2026-12-03'))
    expect(await alerts()).toMatchObject([{ duty: { owner: { name: 'Dr Anil Patel' } } }])
    expect((await today('ming')).items.filter(({ kind }) => kind === 'reading')).toEqual([])
  })
})
