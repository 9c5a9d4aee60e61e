import type { CarePlan, Flag, Parameters, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { carerIllFlag } from '#domain/plan/worse/carer-ill.ts'
import { carerIllAnswer } from '#domain/plan/worse/carer-ill-request.ts'
import { colourFromFhir } from '#domain/plan/worse/day-colour.ts'
import { whatIfFromFhir } from '#domain/plan/worse/what-if-fhir.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { todayBy } from '#test-support/worlds/balbir.ts'
import { amina, chidi, grace, share, standing } from '#test-support/worlds/grace-records.ts'
import {
  graceTeam,
  openCase,
  ownCodes,
  putRecord,
  worseNow,
} from '#test-support/worlds/worse-records.ts'

const karen = { reference: 'Practitioner/karen-lee', display: 'Karen Lee' }
const stranger = { reference: 'Practitioner/no-relation', display: 'Stranger' }

const colour = (level: string, more: object = {}) => ({
  ...{ resourceType: 'Flag', id: 'colour-1', status: 'active', subject: grace },
  category: [{ coding: [{ system: ownCodes, code: 'todays-colour' }] }],
  code: { coding: [{ system: ownCodes, code: level }] },
  ...more,
})

eachStore('If things get worse', (open) => {
  async function started(rooms: readonly string[] = ['roof'], acts = ['read', 'write']) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(worseNow) })
    const records = [openCase, graceTeam, share(rooms, acts)]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    return server
  }

  test('what the carer says about today is in the carer’s name and the service’s time, and on Today', async () => {
    const server = await started()
    const sent = colour('amber', {
      author: grace,
      period: { start: '2036-01-01T00:00:00Z', end: '2046-01-01T00:00:00Z' },
    })
    const refused = await putRecord(await server.as('chidi'), sent)
    expect(refused.status).toBe(403)
    const { author: _author, ...own } = sent as typeof sent & { author: unknown }
    expect((await putRecord(await server.as('chidi'), own)).status).toBe(201)
    const kept = (await (await (await server.as('amina'))('/fhir/Flag/colour-1')).json()) as Flag
    expect(colourFromFhir(kept)).toMatchObject({
      by: { reference: chidi.reference, name: expect.stringContaining('Chidi') },
      at: worseNow,
      colour: 'amber',
    })
    expect(kept.period?.end).toBe('2026-03-03T09:00:00.000Z')
    const items = async () => {
      const today = await todayBy(await server.as('amina'))
      return today.items
        .filter(({ kind }) => kind === 'colour')
        .map(({ detail, owner }) => [detail, owner?.name.split(' ')[0]])
    }
    expect(await items()).toEqual([['amber', 'Chidi']])
    server.pass(25 * 60)
    expect(await items()).toEqual([['was-amber', 'Chidi']])
    const green = colour('green', { id: 'colour-2' })
    expect((await putRecord(await server.as('grace'), green)).status).toBe(201)
    expect(await items()).toEqual([])
  })

  test.each([
    ['a carer who may not write in the roof', 'chidi', ['roof'], ['read'], 403],
    ['a carer who does not see the roof', 'chidi', ['me'], ['read', 'write'], 404],
    ['a stranger', 'stranger', ['roof'], ['read'], 404],
    ['a manager', 'ruth', ['roof'], ['read'], 404],
    ['the person', 'grace', ['roof'], ['read'], 201],
    ['somebody of the team', 'karen', ['roof'], ['read'], 201],
  ])('%s says a colour: %#', async (_title, who, rooms, acts, status) => {
    const server = await started(rooms, acts)
    const answer = await putRecord(await server.as(who), colour('red'))
    expect(answer.status).toBe(status)
  })

  test('no word about today is hidden from the person, becomes another flag, or has another colour', async () => {
    const server = await started()
    const hidden = { meta: { security: [{ system: ownCodes, code: 'professional-only' }] } }
    expect((await putRecord(await server.as('amina'), colour('red', hidden))).status).toBe(403)
    expect((await putRecord(await server.as('amina'), colour('blue'))).status).toBe(422)
    const alarm = [...colour('red').category, { coding: [{ code: 'safety' }] }]
    const more = await putRecord(await server.as('chidi'), colour('red', { category: alarm }))
    expect(more.status, 'nor is it an alarm as well').toBe(422)
    expect((await putRecord(await server.as('amina'), colour('red'))).status).toBe(201)
    const other = { ...colour('red'), category: [{ text: 'Infection' }] }
    expect((await putRecord(await server.as('amina'), other, 1)).status).toBe(422)
  })

  test('each line of the plan stays in the name of who said it', async () => {
    const server = await started()
    const level = (name: string, sign: string, by?: object, helper?: object) => ({
      url: 'https://gable.example/fhir/what-if',
      extension: [
        { url: 'level', valueCode: name },
        { url: 'sign', valueString: sign },
        ...(by ? [{ url: 'said-by', valueReference: by }] : []),
        ...(helper ? [{ url: 'supported-by', valueReference: helper }] : []),
      ],
    })
    const plan = (extension: object[]) => ({
      ...{ resourceType: 'CarePlan', id: 'whatif-case-1', status: 'active', intent: 'plan' },
      category: [{ coding: [{ system: ownCodes, code: 'contingency' }] }],
      ...{ subject: grace, supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }], extension },
    })
    const asAmina = await server.as('amina')
    const first = plan([level('amber', '2 kg up', grace, amina), level('red', 'No breath', grace)])
    expect((await putRecord(asAmina, first)).status).toBe(201)
    const second = plan([level('amber', '2 kg up', amina), level('red', 'Blue lips', grace)])
    expect((await putRecord(await server.as('karen'), second, 1)).status).toBe(200)
    const kept = (await (await asAmina('/fhir/CarePlan/whatif-case-1')).json()) as CarePlan
    const { amber, red } = whatIfFromFhir(kept)
    expect([amber.said?.by.reference, amber.said?.helper?.reference]).toEqual([
      grace.reference,
      amina.reference,
    ])
    expect(red.said).toMatchObject({ by: { reference: 'Practitioner/karen-lee' }, at: worseNow })
    expect(
      (await putRecord(await server.as('chidi'), plan([level('red', 'Mine')]), 2)).status,
    ).toBe(403)
    expect(graceId).toBe(kept.subject.reference?.split('/')[1])
  })
})

eachStore('A carer is ill', (open) => {
  const line = (id: string, what: string, more: object[] = []) => ({
    url: 'https://gable.example/fhir/carer-ill',
    extension: [
      { url: 'code', valueCode: id },
      { url: 'task', valueCode: 'other' },
      { url: 'what', valueString: what },
      ...more,
    ],
  })
  const plan = {
    ...{ resourceType: 'CarePlan', id: 'whatif-case-1', status: 'active', intent: 'plan' },
    category: [{ coding: [{ system: ownCodes, code: 'contingency' }] }],
    ...{ subject: grace, supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }] },
    extension: [
      line('a', 'Tablets', [{ url: 'who', valueReference: karen }]),
      line('b', 'Come by', [
        { url: 'who', valueReference: { display: 'Ngozi Eze' } },
        { url: 'phone', valueString: '01632 960113' },
      ]),
      line('c', 'Let a stranger in', [{ url: 'who', valueReference: stranger }]),
      line('d', 'Sleep there'),
    ],
  }
  const relative = {
    ...{ resourceType: 'RelatedPerson', id: chidi.reference.split('/')[1], patient: grace },
    name: [{ given: ['Chidi'], family: 'Okafor' }],
  }
  const led = { ...openCase, careManager: { ...amina, display: 'Amina Yusuf' } }

  async function started(rooms: readonly string[] = ['me']) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(worseNow) })
    const records = [led, graceTeam, plan, relative, share(rooms, ['read'])]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    const ill = async (who: string, parameters: object[] = []) =>
      await (await server.as(who))(`/fhir/Patient/${graceId}/$carer-ill`, {
        method: 'POST',
        json: { resourceType: 'Parameters', parameter: parameters },
      })
    const told = async (answer: Response) =>
      carerIllAnswer.read((await answer.json()) as Parameters)
    const tasks = async () => {
      const { rows } = await sql.query<{ content: Task; vid: number }>(
        `select content, vid from resource where rt = 'Task' and id like 'ill-%' order by content ->> 'description'`,
      )
      return rows.map(({ content }) => [
        content.description?.slice(0, 12),
        content.owner?.reference?.split('/')[1],
        content.status,
      ])
    }
    return { ...server, ill, told, tasks }
  }

  const whole = [
    ['Ask Ngozi Ez', 'amina-yusuf', 'requested'],
    ['Ask Stranger', 'amina-yusuf', 'requested'],
    ['Call Chidi O', 'amina-yusuf', 'requested'],
    ['Nobody yet: ', 'amina-yusuf', 'requested'],
    ['Tablets (Chi', 'karen-lee', 'requested'],
  ]

  test('sets off exactly what the plan says, once a day, and says what nobody can do', async () => {
    const server = await started()
    const preview = await server.told(
      await server.ill('chidi', [{ name: 'preview', valueBoolean: true }]),
    )
    expect([
      preview.preview,
      preview.setOff.length,
      preview.nobody.map((each) => each.what),
    ]).toEqual([true, 4, ['Sleep there']])
    expect(await server.tasks()).toEqual([])
    const first = await server.told(await server.ill('chidi'))
    expect([first.already, first.setOff.map((each) => each.what)]).toEqual([
      false,
      [expect.stringContaining('Call Chidi'), 'Tablets', 'Come by', 'Let a stranger in'],
    ])
    expect(await server.tasks()).toEqual(whole)
    expect((await server.told(await server.ill('grace'))).already).toBe(true)
    expect((await server.told(await server.ill('amina'))).already).toBe(true)
    expect(await server.tasks()).toEqual(whole)
    const { items } = await todayBy(await server.as('karen'))
    expect(items.find(({ kind }) => kind === 'carer-ill')).toMatchObject({ text: 'Sleep there' })
    expect((await (await server.as('stranger'))(`/fhir/Patient/${graceId}`)).status).toBe(404)
  })

  test('shows nobody the words of a plan that is restricted', async () => {
    const server = await started()
    const reason = {
      url: 'https://gable.example/fhir/restricted-why',
      valueString: 'She asked for it',
    }
    const system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
    const meta = { security: [{ system, code: 'R', extension: [reason] }] }
    expect((await putRecord(await server.as('amina'), { ...plan, meta } as never, 1)).status).toBe(
      200,
    )
    const set = await server.told(await server.ill('chidi'))
    expect([...set.setOff, ...set.nobody].map(({ what }) => what)).toEqual([
      expect.stringContaining('Call Chidi'),
    ])
  })

  test('two at once set it off once', async () => {
    const server = await started()
    const both = await Promise.all([server.ill('chidi'), server.ill('amina')])
    expect(both.map(({ status }) => status)).toContain(200)
    expect(await server.tasks()).toEqual(whole)
  })

  test('ends with what was done, or without a word; what nobody began is taken back, and it can be set off again', async () => {
    const server = await started()
    await server.ill('chidi')
    const asKaren = await server.as('karen')
    const { rows } = await server.sql.query<{ id: string; content: Task }>(
      `select id, content from resource where rt = 'Task' and content ->> 'description' like 'Tablets%'`,
    )
    const [task] = rows
    const done = { ...task?.content, id: task?.id ?? '', status: 'completed' } as const
    expect((await putRecord(asKaren, done as never, 1)).status).toBe(200)
    const better = (words: string) => [
      { name: 'better', valueBoolean: true },
      { name: 'words', valueString: words },
    ]
    expect((await server.told(await server.ill('chidi', better('  ')))).ended).toBe(true)
    const flags = await server.sql.query(`select content from resource where rt = 'Flag'`)
    expect(JSON.stringify(flags.rows), 'nobody has to explain').toContain('Better again')
    await server.ill('chidi')
    expect((await server.told(await server.ill('chidi', better('Karen came')))).ended).toBe(true)
    expect((await server.tasks()).map(([, , status]) => status)).toEqual([
      ...['cancelled', 'cancelled', 'cancelled', 'cancelled', 'completed'],
    ])
    const { items } = await todayBy(asKaren)
    expect(items.filter(({ kind }) => kind === 'carer-ill')).toEqual([])
    await server.ill('chidi')
    expect((await server.tasks()).map(([, , status]) => status)).toEqual([
      ...['requested', 'requested', 'requested', 'requested', 'completed'],
    ])
  })

  test.each([
    ['a colleague of the practice who is not in the team', 'patel', 403],
    ['a stranger', 'stranger', 404],
    ['a manager', 'ruth', 404],
  ])('is not said by %s', async (_title, who, status) => {
    const server = await started()
    expect((await server.ill(who)).status).toBe(status)
    expect(await server.tasks()).toEqual([])
  })

  test('is said by a carer of themselves only, of somebody who helps, and of a day of this week', async () => {
    const server = await started()
    const other = { ...relative, id: 'r-2' }
    const gone = { ...relative, id: 'r-3', active: false }
    await server.seed([other, gone] as never, 'brook-surgery')
    const carer = (id: string) => [
      { name: 'carer', valueReference: { reference: `RelatedPerson/${id}` } },
    ]
    expect((await server.ill('chidi', carer('r-2'))).status).toBe(404)
    expect((await server.ill('amina', carer('r-3'))).status).toBe(422)
    expect((await server.ill('amina', carer('none'))).status).toBe(422)
    expect((await server.ill('amina')).status).toBe(400)
    const who = { ...chidi, name: 'Chidi', voice: 'carer' as const }
    for (const day of ['2026-03-03', '2026-02-01', '2026-03'])
      expect(
        (await putRecord(await server.as('chidi'), carerIllFlag(graceId, who, day))).status,
      ).toBe(422)
    // queued without a network yesterday
    const late = carerIllFlag(graceId, who, '2026-03-01')
    expect((await putRecord(await server.as('chidi'), late)).status).toBe(201)
    expect(await server.tasks()).toEqual(whole)
  })

  test('what is set off is the server’s to say: nothing that a client sends is kept', async () => {
    const server = await started(['roof'])
    const who = { ...chidi, name: 'Chidi', voice: 'carer' as const }
    const flag = carerIllFlag(graceId, who, '2026-03-02')
    const forged = {
      url: 'https://gable.example/fhir/set-off',
      extension: [
        { url: 'code', valueCode: 'forged' },
        { url: 'what', valueString: 'Pay me' },
        { url: 'owner', valueReference: stranger },
      ],
    }
    const sent = { ...flag, extension: [...(flag.extension ?? []), forged], author: amina }
    expect((await putRecord(await server.as('chidi'), sent)).status).toBe(201)
    expect(await server.tasks()).toEqual(whole)
    const kept = (await (await (await server.as('grace'))(`/fhir/Flag/${flag.id}`)).json()) as Flag
    expect(kept.author?.reference).toBe(chidi.reference)
    expect(JSON.stringify(kept)).not.toContain('Pay me')
    const again = { ...kept, id: flag.id, extension: [...(kept.extension ?? []), forged] }
    expect((await putRecord(await server.as('amina'), again, 1)).status).toBe(403)
    const asAmina = await server.as('amina')
    expect((await asAmina(`/fhir/Flag/${flag.id}`, { method: 'DELETE' })).status).toBe(403)
  })
})
