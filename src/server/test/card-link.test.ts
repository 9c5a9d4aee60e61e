import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { accessSummaryFrom } from '#domain/audit/access-summary.ts'
import { cardLinkAnswer, cardLinkRequest } from '#domain/card/card-link.ts'
import { cardOpeningRequest, openedCard } from '#domain/card/opened-card.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
import type { Sql } from '#server/store/sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { endedElsewhere } from '#test-support/worlds/ended-elsewhere.ts'
import { grace, share, standing } from '#test-support/worlds/grace-records.ts'
import {
  graceTeam,
  openCase,
  ownCodes,
  putRecord,
  worseNow,
} from '#test-support/worlds/worse-records.ts'

const restricted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'R',
}
const medicine = (id: string, text: string) => ({
  ...{ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order', subject: grace },
  medicationCodeableConcept: { text },
})
const known = {
  ...{ resourceType: 'Patient', id: graceId, birthDate: '1934-01-04' },
  name: [{ family: 'Okafor', given: ['Grace'] }],
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
  contact: [{ name: { text: 'Ada' }, telecom: [{ system: 'phone', value: '01632 960119' }] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}
const illness = {
  ...{ resourceType: 'Condition', id: 'illness-1', subject: grace },
  code: { text: 'Heart failure' },
}
const goal = {
  ...{ resourceType: 'Goal', id: 'goal-1', lifecycleStatus: 'active', subject: grace },
  description: { text: 'To see the sea' },
}

/** Every statement is written down, inside a transaction too. */
const watched = (sql: Sql, steps: string[]): Sql => ({
  as: (reach) => sql.as(reach),
  query: async (text, values) => {
    steps.push(text)
    return await sql.query(text, values)
  },
  script: async (text: string) => await sql.script(text),
  transaction: async (run) =>
    await sql.transaction(async (inner) => await run(watched(inner, steps))),
})

eachStore('The link of an emergency card', (open) => {
  async function started() {
    const { sql } = await open()
    const steps: string[] = []
    const server = await openHandler({ sql: watched(sql, steps), now: new Date(worseNow) })
    const records = [openCase, graceTeam, share(['me', 'roof', 'team', 'record'], ['read']), known]
    const more = [medicine('medicine-1', 'Apixaban'), illness, goal]
    await server.seed([...standing, ...records, ...more] as never, 'brook-surgery')
    const path = `/fhir/Patient/${graceId}`
    const cards = async () =>
      cardLinkAnswer.read((await (await state('grace')).json()) as Parameters).cards
    /** Of the newest card, unless it says of which. */
    const set = async (who: string, act: string, agreed = '', of = '') => {
      const card = act === 'new' ? '' : of || ((await cards())[0]?.id ?? 'none')
      const json = cardLinkRequest.write({
        act,
        agreed,
        card,
        use: 'wallet',
        illnesses: false,
        matters: false,
        paper: false,
      })
      const answer = await (await server.as(who))(`${path}/$set-card-link`, {
        method: 'POST',
        json,
      })
      return { status: answer.status, text: await answer.text() }
    }
    const state = async (who: string) => await (await server.as(who))(`${path}/$card-link`)
    const made = async (who = 'grace', agreed = '') =>
      cardLinkAnswer.read(JSON.parse((await set(who, 'new', agreed)).text) as Parameters).token ??
      ''
    const call = async (said: Record<string, string>, headers: Record<string, string> = {}) =>
      await server.anyone('/auth/emergency-card', {
        ...{ method: 'POST', headers },
        json: cardOpeningRequest.write({
          ...{ token: '', name: 'Sam Reed', role: 'ambulance', why: 'Fell in the street' },
          ...said,
        }),
      })
    const status = async (token: string) => (await call({ token })).status
    return { ...server, sql, steps, set, state, cards, made, call, status }
  }

  test('opens for anybody who says who they are: what helps, and nothing else; without a session', async () => {
    const server = await started()
    const hidden = medicine('medicine-2', 'Told to nobody')
    await putRecord(await server.as('amina'), { ...hidden, meta: { security: [restricted] } })
    const between = { system: ownCodes, code: 'professional-only' }
    await putRecord(await server.as('amina'), {
      ...{ ...medicine('medicine-3', 'Between us'), meta: { security: [between] } },
    })
    const token = await server.made()
    expect(token).toMatch(/^[0-9a-f]{32}$/)
    const answer = await server.call({ token })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const text = await answer.text()
    expect(openedCard.read(JSON.parse(text) as Parameters)).toMatchObject({
      ...{ name: 'Grace Okafor', age: 92, birthDate: '', medicines: ['Apixaban'], illnesses: [] },
      nextOfKin: [{ name: 'Ada', phone: '01632 960119' }],
    })
    expect(text).not.toMatch(/9991001018|1934|Heart failure|the sea|Told to nobody|Between us/)
    // the token opens nothing else
    const anyone = { headers: { Authorization: `Bearer ${token}` } }
    expect((await server.anyone(`/fhir/Patient/${graceId}`, anyone)).status).toBe(401)
    expect((await server.anyone('/auth/emergency-card')).status).toBe(405)
  })

  test('answers the same for a token that is unknown, replaced, stopped, run out, or of somebody who died', async () => {
    const server = await started()
    const outcomes: unknown[] = []
    const note = async (token: string) => {
      const answer = await server.call({ token })
      outcomes.push([answer.status, await answer.text(), [...answer.headers].toString()])
    }
    const first = await server.made()
    for (const guess of ['', '0'.repeat(32), `${first}0`, graceId, "' or true --"])
      await note(guess)
    const replaced = JSON.parse((await server.set('grace', 'replace')).text) as Parameters
    const second = cardLinkAnswer.read(replaced).token ?? ''
    await note(first)
    expect(await server.status(second)).toBe(200)
    expect((await server.set('grace', 'end')).status).toBe(200)
    await note(second)
    const third = await server.made()
    const halfYear = 200 * 24 * 60
    server.pass(halfYear)
    expect((await server.set('grace', 'renew')).status).toBe(200)
    server.pass(halfYear)
    expect(await server.status(third)).toBe(200)
    server.pass(halfYear)
    await note(third)
    expect((await server.set('grace', 'renew')).status).toBe(409)
    const fourth = await server.made()
    await server.seed([{ ...known, deceasedDateTime: '2026-12-01' }] as never, 'brook-surgery')
    await note(fourth)
    expect((await server.set('grace', 'new')).status).toBe(422)
    expect((await server.set('grace', 'end')).status).toBe(200)
    expect(new Set(outcomes.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(JSON.stringify(outcomes[0])).toContain('404')
  })

  test('is not made for a record that is restricted as a whole, and stops when it becomes so', async () => {
    const server = await started()
    const token = await server.made()
    await server.seed([{ ...known, meta: { security: [restricted] } }] as never, 'brook-surgery')
    expect(await server.status(token)).toBe(404)
    expect((await server.set('grace', 'new')).status).toBe(422)
  })

  test('does not open for a record that was joined to another: whose card it is is not certain', async () => {
    const server = await started()
    const token = await server.made()
    const link = [{ type: 'replaced-by', other: { reference: 'Patient/p-other' } }]
    await server.seed([{ ...known, link }] as never, 'brook-surgery')
    expect(await server.status(token)).toBe(404)
    const closed = { ...openCase, ...endedElsewhere }
    await server.seed([known, closed, { ...known, id: 'p-other' }] as never, 'brook-surgery')
    expect(await server.status(token)).toBe(200)
    const both = { keep: 'p-other', join: graceId }
    const parameter = Object.entries(both).map(([name, valueString]) => ({ name, valueString }))
    for (const name of ['join', 'part']) {
      const json = { resourceType: 'Parameters', parameter }
      const asAdmin = await server.as('admin')
      const answer = await asAdmin(`/fhir/$${name}-records`, { method: 'POST', json })
      expect([name, answer.status]).toEqual([name, 200])
      expect(await server.status(token), 'nor after the records were parted again').toBe(404)
    }
  })

  test('is made, renewed and stopped by the person, or somebody named in the care with the person’s yes', async () => {
    const server = await started()
    const outcomes = async (act: string, agreed: string) => {
      const all: number[] = []
      for (const who of ['amina', 'patel', 'chidi', 'stranger', 'ruth', 'admin'])
        all.push((await server.set(who, act, agreed)).status)
      return all
    }
    expect(await outcomes('new', ' ')).toEqual([422, 403, 403, 404, 404, 403])
    expect(await outcomes('new', 'She said yes')).toEqual([200, 403, 403, 404, 404, 403])
    expect(await outcomes('renew', '')).toEqual([422, 403, 403, 404, 404, 403])
    // a lost card is stopped at once
    expect(await outcomes('end', '')).toEqual([200, 403, 403, 404, 404, 403])
    expect((await server.set('grace', 'everything')).status).toBe(400)
    const states = await Promise.all(['grace', 'chidi', 'admin'].map((who) => server.state(who)))
    expect(states.map((each) => each.status)).toEqual([200, 403, 403])
    expect(await server.cards()).toMatchObject([
      { state: 'ended', madeBy: 'Amina Yusuf', endedBy: 'Amina Yusuf', use: 'wallet' },
    ])
  })

  test('is made for six cards at most, also at once, and is stored as a hash only', async () => {
    const server = await started()
    const tokens = await Promise.all(Array.from({ length: 8 }, () => server.made()))
    const given = tokens.filter(Boolean)
    expect(given).toHaveLength(6)
    const opened: number[] = []
    for (const token of given) opened.push(await server.status(token))
    expect(opened).toEqual([200, 200, 200, 200, 200, 200])
    expect((await server.set('grace', 'new')).status).toBe(422)
    const { rows } = await server.sql.query(
      `select string_agg(l::text, ' ') as links from card_link l
       union all select string_agg(a::text, ' ') from audit a
       union all select string_agg(r.content::text, ' ') from resource r`,
    )
    for (const token of given) expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('is listed with its card: made by whom, for what, opened how often and when; the others stay as they are', async () => {
    const server = await started()
    const [wallet, second] = [await server.made(), await server.made('amina', 'She said yes')]
    await server.status(wallet)
    server.pass(60)
    await server.status(wallet)
    const [mine, hers] = (await server.cards()).toSorted((one, other) => other.opened - one.opened)
    expect(mine).toMatchObject({ use: 'wallet', madeBy: 'Grace Okafor', opened: 2, hasLink: true })
    expect(Date.parse(mine?.lastOpened ?? '')).toBe(Date.parse(worseNow) + 3_600_000)
    expect(hers).toMatchObject({ madeBy: 'Amina Yusuf', opened: 0 })
    expect(hers?.lastOpened).toBeUndefined()
    const answer = await server.set('grace', 'replace', '', mine?.id)
    const fresh = cardLinkAnswer.read(JSON.parse(answer.text) as Parameters).token ?? ''
    expect(await server.status(wallet)).toBe(404)
    expect([await server.status(fresh), await server.status(second)]).toEqual([200, 200])
    expect((await server.set('grace', 'replace', '', mine?.id)).status, 'twice').toBe(409)
    expect((await server.set('grace', 'end', '', 'of-somebody-else')).status).toBe(409)
    const log = await (await server.as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    const { entry = [] } = (await log.json()) as { entry?: { resource: never }[] }
    const deeds = accessSummaryFrom(entry.map(({ resource }) => resource))
    expect(deeds.map(({ deed, until }) => [deed, until])).toEqual(
      expect.arrayContaining([
        ['card-made', '2027-03-02'],
        ['card-replaced', '2027-03-02'],
      ]),
    )
  })

  test('can be paper alone: listed and ended, without a link', async () => {
    const server = await started()
    const json = cardLinkRequest.write({
      ...{
        act: 'new',
        card: '',
        use: 'bag',
        illnesses: false,
        matters: false,
        paper: true,
        agreed: '',
      },
    })
    const path = `/fhir/Patient/${graceId}/$set-card-link`
    const made = await (await server.as('grace'))(path, { method: 'POST', json })
    const answer = cardLinkAnswer.read((await made.json()) as Parameters)
    expect(answer.token).toBeUndefined()
    expect(answer.cards).toMatchObject([{ use: 'bag', hasLink: false, state: 'open' }])
    expect((await server.set('grace', 'renew')).status).toBe(409)
    expect((await server.set('grace', 'end')).status).toBe(200)
    expect(await server.cards()).toMatchObject([{ state: 'ended' }])
  })

  test('takes the same steps for every token that opens nothing, so that the time tells no more than the words', async () => {
    const server = await started()
    const [ended, expired] = [await server.made(), '']
    await server.set('grace', 'end')
    const old = await server.made()
    const year = 400 * 24 * 60
    server.pass(year)
    const died = await server.made()
    await server.seed([{ ...known, deceasedDateTime: '2026-12-01' }] as never, 'brook-surgery')
    const steps: string[][] = []
    for (const token of ['0'.repeat(32), expired, ended, old, died]) {
      server.steps.length = 0
      expect(await server.status(token)).toBe(404)
      steps.push([...server.steps])
    }
    expect(steps[0]?.length).toBeGreaterThan(4)
    expect(new Set(steps.map((each) => JSON.stringify(each))).size).toBe(1)
  })

  test('tells the person and the team of each opening, in the opener’s own words, and the person of refused ones', async () => {
    const server = await started()
    const token = await server.made()
    const script = '<img src=x onerror=alert(1)>\u202e\u0007 fell'
    await server.call({ token, name: 'Amina Yusuf\n\u202e', why: script })
    const items = async (who: string) => {
      const answer = await (await server.as(who))('/fhir/$today')
      const { items: all } = todayParameters.read((await answer.json()) as Parameters)
      return all.filter(({ kind }) => kind === 'emergency')
    }
    const [item, ...others] = await items('amina')
    expect(others).toEqual([])
    expect(item).toMatchObject({
      ...{ text: '<img src=x onerror=alert(1)> fell', detail: 'card-ambulance' },
      owner: { name: 'Amina Yusuf' },
    })
    const asAmina = await server.as('amina')
    const flag = await (await asAmina(`/fhir/${item?.reference}`)).json()
    // it is nobody’s to write, and only its closing is anybody’s to change
    const { id: _own, meta: _stored, ...copy } = flag as Record<string, unknown>
    expect((await putRecord(asAmina, { ...copy, id: 'own-flag' } as never)).status).toBe(403)
    expect(
      (await putRecord(asAmina, { ...flag, subject: grace, code: { text: 'x' } }, 1)).status,
    ).toBe(403)
    expect((await putRecord(asAmina, { ...flag, status: 'inactive' }, 1)).status).toBe(200)
    expect(await items('amina')).toEqual([])
    await server.set('grace', 'end')
    await server.call({ token, name: 'Kim' })
    const log = async (who: string) => {
      const answer = await (await server.as(who))(`/fhir/Patient/${graceId}/$who-looked`)
      const { entry = [] } = (await answer.json()) as { entry?: { resource: never }[] }
      return accessSummaryFrom(entry.map(({ resource }) => resource))
    }
    const own = await log('grace')
    expect(own.find(({ way }) => way === 'card')).toMatchObject({
      ...{ name: 'Amina Yusuf', role: 'ambulance', reason: '<img src=x onerror=alert(1)> fell' },
    })
    expect(own.find(({ way }) => way === 'refused')).toMatchObject({
      name: 'Kim',
      role: 'ambulance',
    })
    expect(JSON.stringify(await log('chidi'))).not.toMatch(/onerror|Kim/)
    for (let at = 0; at < 8; at++) await server.call({ token, name: `Liar ${at}` })
    const told = await log('grace')
    const strangers = told.filter(({ way, role }) => way === 'refused' && role === 'ambulance')
    expect(strangers).toHaveLength(5)
  })

  test('asks first who opens it, from its own page only, and answers a flood of wrong tokens no longer', async () => {
    const server = await started()
    const token = await server.made()
    for (const missing of [{ name: ' ' }, { why: '\u200b' }, { role: 'queen' }, { role: '' }]) {
      const [right, wrong] = [await server.call({ token, ...missing }), await server.call(missing)]
      expect([right.status, wrong.status]).toEqual([400, 400])
    }
    expect((await server.call({ token }, { Origin: 'https://elsewhere.test' })).status).toBe(403)
    expect((await server.call({ token, name: 'a\0b' })).status).toBe(400)
    const half = `${'x'.repeat(299)}\u{1f691}`
    expect((await server.call({ token, name: '\ud83d', why: half })).status).toBe(200)
    await server.sql.query(
      `select trail.append((select json_agg(json_build_object('at', $1::timestamptz, 'identity', 'card:refused', 'name', 'x',
         'role', 'unknown', 'act', 'E', 'way', '$open-emergency-card', 'allowed', false, 'persons', '[]'::json, 'what', '{}'::json))
         from generate_series(1, 300)))`,
      [new Date(worseNow).toISOString()],
    )
    expect(await server.status('0'.repeat(32))).toBe(429)
    expect(await server.status(token), 'a right one still opens').toBe(200)
    for (let at = 0; at < 7; at++) await server.call({ token })
    const today = await (await (await server.as('amina'))('/fhir/$today')).text()
    expect(today.match(/card-ambulance/g)).toHaveLength(5)
  })
})
