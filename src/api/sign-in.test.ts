import { expect, test } from 'vitest'
import { openHandler, testOrigin } from '#testing/handler.ts'
import { eachStore } from '#testing/stores.ts'

eachStore('Sign-in', (open) => {
  async function started() {
    const { sql } = await open()
    return await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
  }
  const signIn = { method: 'POST', body: JSON.stringify({ as: 'amina' }) }

  test('nobody reads anything before signing in, but everyone may read what is served', async () => {
    const { anyone } = await started()
    expect((await anyone('/fhir/Patient')).status).toBe(401)
    expect((await anyone('/events')).status).toBe(401)
    expect((await anyone('/auth/session')).status).toBe(401)
    const metadata = await (await anyone('/fhir/metadata')).json()
    expect(metadata.fhirVersion).toBe('4.0.1')
  })

  test('the token is kept as a hash only', async () => {
    const { anyone, sql } = await started()
    const { token } = await (await anyone('/auth/demo', signIn)).json()
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    const { rows } = await sql.query('SELECT * FROM session')
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('a session ends after 30 idle minutes, and after 12 hours whatever happens', async () => {
    const house = await started()
    const amina = await house.as('amina')
    const status = async () => (await amina('/auth/session')).status
    house.wait(29)
    expect(await status()).toBe(200)
    house.wait(31)
    expect(await status()).toBe(401)
    const patel = await house.as('patel')
    for (let busy = 0; busy < 36; busy++) {
      house.wait(20)
      await patel('/auth/session')
    }
    expect((await patel('/auth/session')).status).toBe(401)
  })

  test('signing out ends the session at the server', async () => {
    const house = await started()
    const amina = await house.as('amina')
    expect((await amina('/auth/sign-out', { method: 'POST' })).status).toBe(200)
    expect((await amina('/auth/session')).status).toBe(401)
  })

  test('a cookie is taken for reading, and for writing only from our own page', async () => {
    const { anyone } = await started()
    const answer = await anyone('/auth/demo', signIn)
    const set = answer.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/HttpOnly; SameSite=Strict/)
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
    expect((await write({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await write({ origin: testOrigin })).status).toBe(201)
  })

  test('changes within reach are told as they are committed, others are not', async () => {
    const house = await started()
    await house.seed([{ resourceType: 'Patient', id: 'p1' }], 'brook-surgery')
    const stop = new AbortController()
    const heard = async (identity: string) => {
      const call = await house.as(identity)
      const answer = await call('/events', { signal: stop.signal })
      return answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    }
    const amina = await heard('amina')
    const stranger = await heard('stranger')
    expect((await amina?.read())?.value).toContain('listening')
    expect((await stranger?.read())?.value).toContain('listening')
    const goal = {
      resourceType: 'Goal',
      id: 'g1',
      lifecycleStatus: 'active',
      subject: { reference: 'Patient/p1' },
      description: { text: 'Walk' },
    }
    const call = await house.as('amina')
    await call('/fhir/Goal/g1', { method: 'PUT', json: goal })
    expect((await amina?.read())?.value).toMatch(
      /id: \d+\ndata: \{"type":"Goal","id":"g1","version":1\}/,
    )
    const open = { resourceType: 'Organization', id: 'o1', name: 'New' }
    await (await house.as('admin'))('/fhir/Organization/o1', { method: 'PUT', json: open })
    expect((await stranger?.read())?.value).toMatch(/^id: \d+\ndata: \{"type":"Organization"/)
    stop.abort()
  })
})
