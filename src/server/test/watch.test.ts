import type { Flag } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { withClosing } from '#domain/alert/closing.ts'
import { raisedAlerts, withAlertAnswer } from '#domain/alert/raised-alert.ts'
import { workOutAgain } from '#domain/alert/work-out-again.ts'
import { readingFromFhir } from '#domain/reading/fhir.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  balbirSince,
  type Kept,
  measured,
  openBalbir,
  subject,
  todayBy,
} from '#test-support/worlds/balbir.ts'

const weight = (id: string, value: number, at: string): Kept =>
  measured({ id, code: '29463-7', value, unit: 'kg', at: { effectiveDateTime: at } })

const watching: Kept = {
  ...{ resourceType: 'CarePlan', id: 'plan-e', status: 'active', intent: 'plan', subject },
  extension: [
    {
      url: 'https://gable.example/fhir/trend-rule',
      extension: [
        { url: 'code', valueCode: 'weight-up' },
        { url: 'version', valueString: '1' },
        { url: 'since', valueDateTime: '2026-01-20T10:00:00Z' },
      ],
    },
  ] as object[] as { url: string }[],
}
const post = (practitioner: string, organisation: string, role: string): Kept => ({
  ...{ resourceType: 'PractitionerRole', id: `post-${practitioner}`, active: true },
  practitioner: { reference: `Practitioner/${practitioner}` },
  organization: { reference: `Organization/${organisation}` },
  code: [{ coding: [{ system: 'https://gable.example/codes', code: role }] }],
})
const team: Kept = {
  ...{ resourceType: 'CareTeam', id: 'team-e', status: 'active', subject },
  participant: [
    { member: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' } },
    { member: { reference: 'Practitioner/karen-lee', display: 'Karen Lee' } },
    { member: { reference: 'Practitioner/anil-patel', display: 'Dr Anil Patel' } },
  ],
}
const world = [
  ...balbirSince('2026-01-20T10:00:00Z'),
  ...[
    post('anil-patel', 'brook-surgery', 'gp'),
    post('karen-lee', 'riverside-council', 'social-worker'),
  ],
  ...[team, watching, weight('w1', 82, '2026-02-27T07:30:00Z')],
]

const put = (resource: Kept | Flag, condition: Record<string, string>) => ({
  method: 'PUT',
  headers: { ...condition, 'Content-Type': 'application/fhir+json' },
  body: JSON.stringify(resource),
})

async function changed(caller: Caller, flag: Flag & { id: string }): Promise<Response> {
  const stood = (await (await caller(`/fhir/Flag/${flag.id}`)).json()) as Flag
  const version = stood.meta?.versionId ?? '1'
  return await caller(`/fhir/Flag/${flag.id}`, put(flag, { 'If-Match': `W/"${version}"` }))
}

eachStore('Watching for trends', (open) => {
  async function opened(records: readonly Kept[] = world) {
    const { sql, store } = await open()
    const server = await openBalbir(sql, records)
    const amina = await server.as('amina')
    const add = async (reading: Kept) =>
      await amina(`/fhir/Observation/${reading.id}`, put(reading, { 'If-None-Match': '*' }))
    const flags = async () => {
      const { rows } = await sql.query<{ id: string; content: Flag }>(
        `select id, content from resource where rt = 'Flag' order by id`,
        [],
      )
      return rows.map(({ id, content }) => ({ ...content, id }))
    }
    return { server, sql, store, amina, add, flags }
  }

  test('A weight trend raises one alert to one owner, and Today says whose it is and by when', async () => {
    const { server, amina, add, flags } = await opened()
    expect((await add(weight('w2', 84, '2026-03-02T07:30:00Z'))).status).toBe(201)
    const [alert, ...others] = raisedAlerts(await flags())
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      ...{ flag: 'alert-w2', about: 'w2', answers: [] },
      duty: {
        owner: { reference: 'Practitioner/amina-yusuf' },
        next: { reference: 'Practitioner/anil-patel' },
        // Monday at nine, and four working hours
        ...{ raised: '2026-03-02T09:00:00.000Z', answerBy: '2026-03-02T13:00:00.000Z' },
        found: [
          {
            ...{ why: 'trend', rule: 'weight-up', version: '1', amount: 2, reading: 'w2' },
            basis: ['Observation/w1/_history/1', 'Observation/w2/_history/1'],
          },
        ],
      },
    })
    for (const who of [amina, await server.as('karen')]) {
      const { items } = await todayBy(who)
      expect(items.filter(({ kind }) => kind === 'reading')).toMatchObject([
        {
          ...{ detail: 'trend', owner: { reference: 'Practitioner/amina-yusuf' } },
          reading: {
            ...{ answerBy: '2026-03-02T13:00:00.000Z', stands: 'waiting' },
            trends: [{ rule: 'weight-up', version: '1', amount: 2 }],
          },
        },
      ])
    }
  })

  test('What comes more is added to the alert that is open', async () => {
    const { add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    await add(weight('w3', 86, '2026-03-02T08:30:00Z'))
    expect(raisedAlerts(await flags())).toMatchObject([
      { flag: 'alert-w2', duty: { found: [{ reading: 'w2' }, { reading: 'w3' }] } },
    ])
  })

  test('It goes on once, to the one named, when nobody has answered in time; an answer keeps it', async () => {
    const { sql, add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const later = async (now: string) => {
      const server = await openHandler({ sql, now: new Date(now) })
      const { items } = await todayBy(await server.as('amina'))
      const found = items.find(({ kind }) => kind === 'reading')
      return [found?.owner?.reference, found?.reading?.stands, found?.reading?.before]
    }
    const [own, gp] = ['Practitioner/amina-yusuf', 'Practitioner/anil-patel']
    expect(await later('2026-03-02T12:59:59.000Z')).toEqual([own, 'waiting', undefined])
    expect(await later('2026-03-02T13:00:00.000Z')).toEqual([gp, 'passed-on', 'Amina Yusuf'])
    expect(await later('2026-03-09T13:00:00.000Z')).toEqual([gp, 'passed-on', 'Amina Yusuf'])
    const [flag] = await flags()
    const said = { by: { reference: own, name: 'Amina Yusuf', voice: 'professional' } } as const
    const answered = withAlertAnswer(flag as Flag, {
      ...{
        ...said,
        at: '2026-03-02T09:00:00.000Z',
        words: 'Rang Balbir. He takes the extra tablet.',
      },
    })
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:30:00.000Z') })
    expect((await changed(await server.as('amina'), answered)).status).toBe(200)
    expect(await later('2026-03-02T13:00:00.000Z')).toEqual([own, 'answered', undefined])
  })

  test('Nobody changes whose an alert is, deletes it, answers for another or closes it without a reason', async () => {
    const { amina, add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const [flag] = (await flags()) as (Flag & { id: string })[]
    if (!flag) throw new Error('No alert')
    const [about, duty] = flag.extension ?? []
    if (!about || !duty) throw new Error('No duty')
    const others = duty.extension?.map((each) =>
      each.url === 'owner'
        ? { ...each, valueReference: { reference: 'Practitioner/tom-price' } }
        : each,
    )
    const as = async (flagThen: Flag & { id: string }) => (await changed(amina, flagThen)).status
    expect(await as({ ...flag, extension: [about, { ...duty, extension: others ?? [] }] })).toBe(
      403,
    )
    expect(await as({ ...flag, extension: [about] })).toBe(403)
    expect(await as({ ...flag, status: 'inactive' })).toBe(422)
    const karen = {
      reference: 'Practitioner/karen-lee',
      name: 'Karen Lee',
      voice: 'professional',
    } as const
    const at = '2026-03-02T09:00:00.000Z'
    expect(await as(withAlertAnswer(flag, { by: karen, at, words: 'Done' }))).toBe(403)
    expect((await amina('/fhir/Flag/alert-w2', { method: 'DELETE' })).status).toBe(403)
    const own = { ...karen, reference: 'Practitioner/amina-yusuf' }
    expect(await as(withAlertAnswer(flag, { by: own, at, words: ' ' }))).toBe(422)
    expect(await as(withClosing(flag, { by: own, at, words: 'Tablet doubled' }))).toBe(200)
    expect(raisedAlerts(await flags())).toEqual([])
    const made = { ...flag, id: 'made-up', extension: [duty] }
    expect((await amina('/fhir/Flag/made-up', put(made, { 'If-None-Match': '*' }))).status).toBe(
      403,
    )
  })

  test('A closed alert comes back only with a new reading', async () => {
    const { amina, add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const [flag] = (await flags()) as (Flag & { id: string })[]
    const by = {
      reference: 'Practitioner/amina-yusuf',
      name: 'Amina',
      voice: 'professional',
    } as const
    const at = '2026-03-02T09:00:00.000Z'
    await changed(amina, withClosing(flag as Flag, { by, at, words: 'Tablet doubled' }))
    await add(weight('w3', 85.9, '2026-03-02T08:00:00Z'))
    expect(raisedAlerts(await flags())).toEqual([])
    await add(weight('w4', 86, '2026-03-02T08:30:00Z'))
    expect(raisedAlerts(await flags())).toMatchObject([{ flag: 'alert-w4' }])
  })

  test('A unit that nobody can compare is refused with those that can; pounds are kept, and compared', async () => {
    const { amina, add, flags } = await opened()
    const inUnit = (id: string, value: number, unit: string) =>
      measured({
        id,
        code: '29463-7',
        value,
        unit,
        at: { effectiveDateTime: '2026-03-02T07:30:00Z' },
      })
    const refused = await add(inUnit('w2', 84, 'oz'))
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('Use one of these: kg, g, lb, st')
    // 185.2 lb are 84.01 kg
    expect((await add(inUnit('w2', 185.2, '[lb_av]'))).status).toBe(201)
    expect(raisedAlerts(await flags())).toMatchObject([{ duty: { found: [{ amount: 2.01 }] } }])
    expect((await amina('/fhir/Observation/w2')).status).toBe(200)
  })

  test('An alert is worked out again from the versions it names, and gives the same', async () => {
    const { amina, add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const found = raisedAlerts(await flags())[0]?.duty.found[0]
    const versions = await Promise.all(
      (found?.basis ?? []).map(async (each) => (await amina(`/fhir/${each}`)).json()),
    )
    const readings = versions.flatMap((each) => readingFromFhir(each) ?? [])
    const again = found && workOutAgain(found, { readings, zone: 'Europe/London' })
    expect(again).toEqual({ is: 'same', amount: 2 })
    expect(
      found && workOutAgain(found, { readings: readings.slice(1), zone: 'Europe/London' }),
    ).toEqual({
      is: 'unknown',
    })
  })

  test('Two servers that are told of readings at once raise one alert', async () => {
    const { sql, flags } = await opened()
    const callers = await Promise.all(
      [1, 2, 3, 4].map(
        async () =>
          await (await openHandler({ sql, now: new Date('2026-03-02T09:00:00.000Z') })).as('amina'),
      ),
    )
    const answers = await Promise.all(
      callers.map((caller, place) => {
        const reading = weight(`w${place + 2}`, 84 + place * 2, `2026-03-02T0${place + 4}:30:00Z`)
        return caller(`/fhir/Observation/${reading.id}`, put(reading, { 'If-None-Match': '*' }))
      }),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    const raised = raisedAlerts(await flags())
    expect(raised).toHaveLength(1)
    expect(raised[0]?.duty.owner?.reference).toBe('Practitioner/amina-yusuf')
  })

  describe('Nothing is raised', () => {
    test.each([
      ['below the rule', 83.9, world],
      ['with a plan that watches for nothing', 84, world.filter(({ id }) => id !== 'plan-e')],
      [
        'while the case is paused',
        84,
        [...balbirSince('2026-01-20T10:00:00Z', 'onhold'), ...world.slice(2)],
      ],
    ])('%s', async (_title, value, records) => {
      const { add, flags } = await opened(records)
      await add(weight('w2', value, '2026-03-02T07:30:00Z'))
      expect(await flags()).toEqual([])
    })
  })
})
