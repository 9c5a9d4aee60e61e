import { expect, test } from 'vitest'
import { demoIdentities, graceId } from '#demo-data/identities.ts'
import { createHandler } from '#server/handler.ts'
import { openHandler, testOrigin } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { share, standing } from '#test-support/worlds/grace-records.ts'

eachStore('Sign-in', (open) => {
  async function started() {
    const { sql } = await open()
    return await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
  }
  const signIn = { method: 'POST', body: JSON.stringify({ as: 'amina' }) }

  test('is needed for every read, except of the CapabilityStatement', async () => {
    const { anyone } = await started()
    expect((await anyone('/fhir/Patient')).status).toBe(401)
    expect((await anyone('/events')).status).toBe(401)
    expect((await anyone('/auth/session')).status).toBe(401)
    const metadata = await (await anyone('/fhir/metadata')).json()
    expect(metadata.fhirVersion).toBe('4.0.1')
  })

  test('stores its token only as a hash', async () => {
    const { anyone, sql } = await started()
    const { token } = await (await anyone('/auth/demo', signIn)).json()
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    const { rows } = await sql.query('SELECT * FROM session')
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('as a demonstration person is open to professionals with access, and to no carer', async () => {
    const server = await started()
    const whole = {
      ...standing[0],
      generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    }
    await server.seed([...standing, whole, share(['me', 'record'], ['read'])] as never)
    const asGrace = { method: 'POST', json: { as: 'person', person: graceId } }
    const statuses = []
    for (const who of ['amina', 'admin', 'chidi', 'ruth', 'stranger'])
      statuses.push((await (await server.as(who))('/auth/demo', asGrace)).status)
    expect(statuses).toEqual([200, 200, 403, 403, 403])
  })

  test('lasts 30 minutes without use, and 12 hours in all', async () => {
    const server = await started()
    const amina = await server.as('amina')
    const status = async () => (await amina('/auth/session')).status
    server.wait(29)
    expect(await status()).toBe(200)
    server.wait(31)
    expect(await status()).toBe(401)
    const patel = await server.as('patel')
    for (let busy = 0; busy < 36; busy++) {
      server.wait(20)
      await patel('/auth/session')
    }
    expect((await patel('/auth/session')).status).toBe(401)
  })

  test.each([10, -10])('does not outlast a clock that jumps by %i years', async (years) => {
    const server = await started()
    const before = await server.as('amina')
    const jump = years * 365 * 24 * 60
    server.pass(jump)
    expect((await before('/auth/session')).status).toBe(401)
    const during = await server.as('amina')
    expect((await during('/auth/session')).status).toBe(200)
    server.pass(-jump)
    expect((await during('/auth/session')).status).toBe(401)
    expect((await (await server.as('amina'))('/auth/session')).status).toBe(200)
  })

  test('tells the page when its session ends, and an unattended request does not extend it', async () => {
    const server = await started()
    const amina = await server.as('amina')
    const ends = async (headers: Record<string, string> = {}) =>
      (await (await amina('/auth/session', { headers })).json()).ends
    const absolute = '2026-03-02T21:00:00.000Z'
    expect(await ends()).toEqual({ idle: '2026-03-02T09:30:00.000Z', absolute })
    server.wait(20)
    const unattended = { 'gable-unattended': '1' }
    expect(await ends(unattended)).toEqual({ idle: '2026-03-02T09:30:00.000Z', absolute })
    expect(await ends()).toEqual({ idle: '2026-03-02T09:50:00.000Z', absolute })
    server.wait(29)
    await amina('/fhir/Organization', { headers: unattended })
    server.wait(2)
    expect((await amina('/auth/session')).status).toBe(401)
  })

  test('gives the same device key each time, and another to every other user', async () => {
    const { sql } = await open()
    const handler = createHandler({ sql, demo: demoIdentities, deviceKeys: true })
    const keyOf = async (identity: string) => {
      const call = (path: string, init?: RequestInit) =>
        handler(new Request(`${testOrigin}${path}`, init))
      const body = JSON.stringify({ as: identity })
      const { token } = await (await call('/auth/demo', { method: 'POST', body })).json()
      const headers = { Authorization: `Bearer ${token}` }
      return (await (await call('/auth/session', { headers })).json()).deviceKey
    }
    const key = await keyOf('amina')
    expect(atob(key)).toHaveLength(32)
    expect(await keyOf('amina')).toBe(key)
    expect(await keyOf('karen')).not.toBe(key)
    const plain = await (await (await started()).as('amina'))('/auth/session')
    expect(await plain.json()).not.toHaveProperty('deviceKey')
  })

  test('by cookie is refused to a tab of another identity', async () => {
    const server = await started()
    const amina = await server.as('amina')
    const asked = async (identity: string) =>
      (await amina('/auth/session', { headers: { 'gable-identity': identity } })).status
    expect(await asked('amina')).toBe(200)
    expect(await asked('karen')).toBe(401)
  })

  test('is refused from another site, and a new one ends the session before', async () => {
    const { anyone } = await started()
    const cross = { ...signIn, headers: { 'sec-fetch-site': 'cross-site' } }
    expect((await anyone('/auth/demo', cross)).status).toBe(403)
    const first = await anyone('/auth/demo', signIn)
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    const again = await anyone('/auth/demo', { ...signIn, headers: { cookie, origin: testOrigin } })
    expect(again.headers.get('set-cookie')?.split(';')[0]).not.toBe(cookie)
    expect((await anyone('/auth/session', { headers: { cookie } })).status).toBe(401)
  })

  test('ends on the server when the user signs out', async () => {
    const server = await started()
    const amina = await server.as('amina')
    expect((await amina('/auth/sign-out', { method: 'POST' })).status).toBe(200)
    expect((await amina('/auth/session')).status).toBe(401)
  })

  test('is not ended by a late sign-out of the user before', async () => {
    const server = await started()
    const karen = await server.as('karen')
    const headers = { 'gable-identity': 'amina' }
    const late = await karen('/auth/sign-out', { method: 'POST', headers })
    expect(late.status).toBe(200)
    expect(late.headers.get('set-cookie')).toBeNull()
    expect((await karen('/auth/session')).status).toBe(200)
  })

  test('by cookie allows reading, and writing only from the app’s own origin', async () => {
    const { anyone } = await started()
    const answer = await anyone('/auth/demo', signIn)
    const set = answer.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/^__Host-gable=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Lax/)
    const cookie = set.split(';')[0] ?? ''
    expect((await anyone('/fhir/Patient', { headers: { cookie } })).status).toBe(200)
    const write = (headers: Record<string, string>) =>
      anyone('/fhir/Patient', {
        method: 'POST',
        json: { resourceType: 'Patient' },
        headers: { cookie, ...headers },
      })
    expect((await write({})).status).toBe(403)
    expect((await write({ origin: 'https://elsewhere.example' })).status).toBe(403)
    const foreign = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: testOrigin },
      { 'sec-fetch-site': 'none' },
      { origin: 'null' },
      { origin: testOrigin.replace('http:', 'https:') },
      { origin: `${testOrigin}.elsewhere.example` },
      { cookie: `${cookie}; ${cookie}`, origin: testOrigin },
    ]
    for (const each of foreign) {
      const { status } = await write(each)
      expect({ each, refused: status === 403 || status === 401 }).toEqual({ each, refused: true })
    }
    expect((await write({ origin: testOrigin })).status).toBe(201)
  })

  test('by cookie is refused for links from other sites, which leave no audit entry', async () => {
    const { anyone, sql, seed, as } = await started()
    await seed(standing, 'brook-surgery')
    const cookie = (await anyone('/auth/demo', signIn)).headers.get('set-cookie')?.split(';')[0]
    const entries = async () =>
      (await sql.query(`select 1 from audit where identity = 'amina' and way <> 'login'`)).rows
    const follow = (path: string, site: string) =>
      anyone(path, {
        headers: { cookie: cookie ?? '', 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' },
      })
    const copy = `/fhir/Patient/${graceId}/$export-record`
    for (const path of [`${copy}?copy=full&reason=gossip`, copy, `/fhir/Patient/${graceId}`])
      for (const site of ['cross-site', 'same-site'])
        expect([path, site, (await follow(path, site)).status]).toEqual([path, site, 403])
    expect(await entries()).toEqual([])
    // a typed address or a bookmark is the user’s own request; it makes no copy either
    expect((await follow(`/fhir/Patient/${graceId}`, 'none')).status).toBe(200)
    expect((await follow(copy, 'none')).status).toBe(405)
    const posted = { method: 'POST', json: { resourceType: 'Parameters' } }
    const forged = { ...posted, headers: { cookie: cookie ?? '', 'sec-fetch-site': 'cross-site' } }
    expect((await anyone(copy, forged)).status).toBe(403)
    expect((await (await as('amina'))(`${copy}?copy=full&reason=gossip`, posted)).status).toBe(400)
    expect((await (await as('amina'))(copy, posted)).status).toBe(200)
    expect((await sql.query(`select 1 from audit where why like '%gossip%'`)).rows).toEqual([])
  })

  test('lets the event stream send only changes within access, as they are committed', async () => {
    const server = await started()
    await server.seed([{ resourceType: 'Patient', id: 'p1' }], 'brook-surgery')
    const stop = new AbortController()
    const heard = async (identity: string) => {
      const call = await server.as(identity)
      const answer = await call('/events', { signal: stop.signal })
      return answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    }
    const amina = await heard('amina')
    const stranger = await heard('stranger')
    for (const words of ['listening', 'up to date']) {
      expect((await amina?.read())?.value).toContain(words)
      expect((await stranger?.read())?.value).toContain(words)
    }
    const goal = {
      resourceType: 'Goal',
      id: 'g1',
      lifecycleStatus: 'active',
      subject: { reference: 'Patient/p1' },
      description: { text: 'Walk' },
    }
    const call = await server.as('amina')
    await call('/fhir/Goal/g1', { method: 'PUT', json: goal })
    expect((await amina?.read())?.value).toMatch(
      /id: \d+\ndata: \{"type":"Goal","id":"g1","version":1\}/,
    )
    const open = { resourceType: 'Organization', id: 'o1', name: 'New' }
    await (await server.as('admin'))('/fhir/Organization/o1', { method: 'PUT', json: open })
    expect((await stranger?.read())?.value).toMatch(/^id: \d+\ndata: \{"type":"Organization"/)
    stop.abort()
  })
})
