import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { grace, share } from '#test-support/worlds/grace-records.ts'

type Seen = Readonly<{ place: string; doing: string; name: string; role: string }>

const team = (end?: string) => ({
  resourceType: 'CareTeam' as const,
  id: 'team',
  status: 'active' as const,
  subject: grace,
  participant: [
    {
      member: { reference: 'Practitioner/karen-lee' },
      ...(end ? { period: { end } } : {}),
    },
  ],
})

eachStore('Presence', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00.000Z') })
    const patient = { resourceType: 'Patient' as const, id: graceId }
    await server.seed([patient, share(['me', 'team'], ['read'])], 'brook-surgery')
    const sign = async (who: Caller, place: string, more: object = {}) =>
      await who('/events/presence', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ person: graceId, place, doing: 'looking', tab: 't', ...more }),
      })
    const seenBy = async (who: Caller, place = 'me') => {
      const body = (await (await sign(who, place)).json()) as { here: readonly Seen[] }
      return body.here.map((each) => `${each.name} ${each.doing} ${each.place}`)
    }
    const [amina, gracePage, chidi] = [
      await server.as('amina'),
      await server.as('grace'),
      await server.as('chidi'),
    ]
    return { ...server, sign, seenBy, amina, grace: gracePage, chidi }
  }

  test('shows name, role and room of others, and never oneself', async () => {
    const { sign, seenBy, amina, grace } = await started()
    await sign(amina, 'team', { doing: 'writing' })
    const answer = await (await sign(grace, 'me')).json()
    expect(answer).toEqual({
      here: [
        {
          ...{ person: graceId, place: 'team', doing: 'writing', tab: 't' },
          ...{ name: 'Amina Yusuf', role: 'nurse-case-manager' },
        },
      ],
    })
    expect(await seenBy(amina, 'team')).toEqual(['Grace Okafor looking me'])
  })

  test('ends 20 seconds after the last signal, and at once on leaving', async () => {
    const { sign, seenBy, amina, grace, wait } = await started()
    await sign(amina, 'me')
    wait(19 / 60)
    expect(await seenBy(grace)).toHaveLength(1)
    wait(2 / 60)
    expect(await seenBy(grace)).toEqual([])
    await sign(amina, 'me')
    await sign(amina, 'me', { doing: 'away' })
    expect(await seenBy(grace)).toEqual([])
  })

  test.each(['/auth/sign-out', '/auth/sign-out-everywhere'])('ends with %s', async (way) => {
    const { sign, seenBy, amina, grace } = await started()
    await sign(amina, 'me')
    expect(await seenBy(grace)).toHaveLength(1)
    expect((await amina(way, { method: 'POST' })).status).toBe(200)
    expect(await seenBy(grace)).toEqual([])
  })

  test('is not stored anywhere', async () => {
    const { sign, amina, sql } = await started()
    const count = async () =>
      (await sql.query(`select (select count(*) from change) + (select count(*) from audit) as n`))
        .rows
    const before = await count()
    await sign(amina, 'team', { doing: 'writing' })
    expect(await count()).toEqual(before)
  })

  test.each(['stranger', 'ruth', 'tom'])(
    'is not shown to %s, who has no access to the person, nor accepted from them',
    async (identity) => {
      const { sign, seenBy, amina, as } = await started()
      await sign(amina, 'me')
      const foreign = await sign(await as(identity), 'me')
      expect(foreign.status).toBe(404)
      expect(await foreign.text()).not.toContain('Amina')
      expect(await seenBy(amina)).toEqual([])
    },
  )

  test('is shown to a carer only in shared rooms', async () => {
    const { sign, seenBy, amina, chidi } = await started()
    await sign(amina, 'support')
    await sign(amina, 'team', { tab: 'u' })
    await sign(amina, 'house', { tab: 'v' })
    expect(await seenBy(chidi)).toEqual(['Amina Yusuf looking team', 'Amina Yusuf looking house'])
    expect((await sign(chidi, 'support')).status).toBe(404)
  })

  test('ends for a user whose membership of the team has ended', async () => {
    const { sign, seenBy, seed, as, amina, store } = await started()
    await seed([team()])
    const karen = await as('karen')
    await sign(amina, 'me')
    expect(await seenBy(karen)).toEqual(['Amina Yusuf looking me'])
    const ended = team('2026-03-01T00:00:00Z')
    await store.write({ resource: ended, expect: 'anything' })
    expect((await sign(karen, 'me')).status).toBe(404)
  })

  test('is sent only to users who have the same plan open', async () => {
    const { sign, amina, as, seed } = await started()
    const patel = await as('patel')
    const read = async (who: Caller) =>
      ((await who('/events')).body as ReadableStream<Uint8Array<ArrayBuffer>>)
        .pipeThrough(new TextDecoderStream())
        .getReader()
    const stream = await read(patel)
    await sign(amina, 'team', { doing: 'writing' })
    await sign(patel, 'house')
    await sign(amina, 'roof')
    await seed([{ resourceType: 'Patient', id: 'later' }], 'brook-surgery')
    let text = ''
    while (!text.includes('later')) text += (await stream.read()).value
    expect(text).toContain('"place":"roof"')
    expect(text).not.toContain('"place":"team"')
    await stream.cancel()
  })

  test.each([
    ['no person', { person: undefined }],
    ['an unknown room', { place: 'cellar' }],
    ['an unknown activity', { doing: 'sleeping' }],
    ['an invalid tab name', { tab: 'a b' }],
  ])('with %s is refused', async (_what, more) => {
    const { sign, amina } = await started()
    expect((await sign(amina, 'me', more)).status).toBe(400)
  })
})
