import type { Flag } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { withClosing } from '#domain/alert/closing.ts'
import { raisedAlerts, withAlertAnswer } from '#domain/alert/raised-alert.ts'
import { workOutAgain } from '#domain/alert/work-out-again.ts'
import { readingFromFhir } from '#domain/reading/fhir.ts'
import { isForReader } from '#domain/today/asked-items.ts'
import { takeTodayRequest } from '#domain/today/today-parameters.ts'
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

  test('An alert that has gone on is a line of whoever it has gone on to, also if the first had taken it', async () => {
    const { sql, add, amina } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const seenBy = async (who: 'amina' | 'patel', now: string) => {
      const server = await openHandler({ sql, now: new Date(now) })
      const { items } = await todayBy(await server.as(who))
      const found = items.find(({ kind }) => kind === 'reading')
      const practitioner = who === 'amina' ? 'amina-yusuf' : 'anil-patel'
      return found && [found.whose?.reference, isForReader(found, { practitioner })]
    }
    const [own, gp] = ['Practitioner/amina-yusuf', 'Practitioner/anil-patel']
    const [inTime, over] = ['2026-03-02T12:59:59.000Z', '2026-03-02T13:00:00.000Z']
    expect(await seenBy('amina', inTime)).toEqual([own, true])
    expect(await seenBy('patel', inTime)).toEqual([own, false])
    expect(await seenBy('patel', over)).toEqual([gp, true])
    const line = { kind: 'reading', person: 'p', reference: 'Observation/w2', due: '' } as const
    const taken = await amina('/fhir/$take-today', {
      method: 'POST',
      json: takeTodayRequest.write({ ...line, back: false }),
    })
    expect(taken.status, await taken.clone().text()).toBe(200)
    expect(await seenBy('patel', inTime)).toEqual([own, false])
    expect(await seenBy('patel', over)).toEqual([gp, true])
    expect(await seenBy('amina', over)).toEqual([gp, false])
  })

  test('An answer covers what had been found when it was given: what comes after has its own time, and goes on', async () => {
    const { sql, add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const at = async (now: string) => {
      const server = await openHandler({ sql, now: new Date(now) })
      return await server.as('amina')
    }
    const own = { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf' }
    const [flag] = await flags()
    const answered = withAlertAnswer(flag as Flag, {
      by: { ...own, voice: 'professional' },
      ...{ at: '2026-03-02T09:30:00.000Z', words: 'Rang Balbir. He takes the extra tablet.' },
    })
    expect((await changed(await at('2026-03-02T09:30:00.000Z'), answered)).status).toBe(200)
    const stands = async (now: string) => {
      const { items } = await todayBy(await at(now))
      const found = items.find(({ kind }) => kind === 'reading')
      return [found?.owner?.reference, found?.reading?.stands, found?.reading?.answerBy]
    }
    const before = [own.reference, 'answered', '2026-03-02T13:00:00.000Z']
    expect(await stands('2026-03-02T13:00:00.000Z')).toEqual(before)
    const worse = weight('w3', 88, '2026-03-03T09:45:00Z')
    const sent = put(worse, { 'If-None-Match': '*' })
    const caller = await at('2026-03-03T10:00:00.000Z')
    expect((await caller('/fhir/Observation/w3', sent)).status).toBe(201)
    const [alert, ...others] = raisedAlerts(await flags())
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      ...{ flag: 'alert-w2', answers: [{ words: 'Rang Balbir. He takes the extra tablet.' }] },
      duty: {
        ...{ raised: '2026-03-03T10:00:00.000Z', found: [{ reading: 'w2' }, { reading: 'w3' }] },
        ...{ owner: { reference: own.reference } },
        next: { reference: 'Practitioner/anil-patel' },
      },
    })
    const until = '2026-03-03T14:00:00.000Z'
    expect(await stands('2026-03-03T13:59:59.000Z')).toEqual([own.reference, 'waiting', until])
    expect(await stands(until)).toEqual(['Practitioner/anil-patel', 'passed-on', until])
  })

  test('What comes more while nobody has answered keeps the owner and the time', async () => {
    const { sql, add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const [first] = raisedAlerts(await flags())
    for (const [id, value, hour] of [
      ['w3', 86, '12'],
      ['w4', 88, '15'],
    ] as const) {
      const server = await openHandler({ sql, now: new Date(`2026-03-02T${hour}:30:00.000Z`) })
      const caller = await server.as('amina')
      const reading = weight(id, value, `2026-03-02T${hour}:00:00Z`)
      const sent = put(reading, { 'If-None-Match': '*' })
      expect((await caller(`/fhir/Observation/${id}`, sent)).status).toBe(201)
    }
    const [{ duty } = { duty: undefined }] = raisedAlerts(await flags())
    expect(duty?.found).toHaveLength(3)
    expect(duty).toMatchObject({ ...first?.duty, found: [{}, {}, {}] })
  })

  test('A rule that is agreed while its trend goes on tells of it at the next reading', async () => {
    const { add, amina, flags } = await opened(world.filter(({ id }) => id !== 'plan-e'))
    await add(weight('w2', 84, '2026-03-01T07:30:00Z'))
    const [rule] = watching['extension' as never] as { extension: object[] }[]
    const agreed = { ...watching, extension: [] as object[] }
    agreed.extension = [
      {
        ...rule,
        extension: [
          ...(rule?.extension.slice(0, 2) ?? []),
          { url: 'since', valueDateTime: '2026-03-02T06:00:00Z' },
        ],
      },
    ]
    const made = await amina(
      '/fhir/CarePlan/plan-e',
      put(agreed as typeof watching, { 'If-None-Match': '*' }),
    )
    expect(made.status, await made.clone().text()).toBe(201)
    expect(await flags(), 'nothing about readings from before').toEqual([])
    await add(weight('w3', 84.5, '2026-03-02T07:30:00Z'))
    expect(raisedAlerts(await flags())).toMatchObject([
      {
        flag: 'alert-w3',
        duty: { found: [{ why: 'trend', rule: 'weight-up', amount: 2.5, reading: 'w3' }] },
      },
    ])
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
