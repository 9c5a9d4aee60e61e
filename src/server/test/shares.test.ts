import type { CareTeam } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { because, between } from '#test-support/access/access-labels.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, grace, share, standing } from '#test-support/worlds/grace-records.ts'

const team: CareTeam & { id: string } = {
  resourceType: 'CareTeam',
  id: 'team',
  status: 'active',
  subject: grace,
  participant: [{ member: amina }],
}
const given = { ...share(['me'], ['read']), performer: [grace] }
const longer = { ...share(['me'], ['read'], '2199-01-01'), performer: [grace] }
const writtenDown = {
  ...given,
  extension: [{ url: 'https://gable.example/fhir/supported-by', valueReference: amina }],
}

const hidden = { meta: { security: [because(between)] } }

eachStore('A person’s consent', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([...standing, team], 'brook-surgery')
    const send = async (who: string, method: string, path: string, json: object, version = 0) => {
      const headers: Record<string, string> = version ? { 'If-Match': `W/"${version}"` } : {}
      if (method === 'PATCH') headers['Content-Type'] = 'application/json-patch+json'
      const call = await server.as(who)
      return (await call(`/fhir/${path}`, { method, headers, json })).status
    }
    const sent = (who: string, json: object, version?: number) =>
      send(who, 'PUT', 'Consent/share', json, version)
    const text = async (who: string, path: string) =>
      await (await (await server.as(who))(`/fhir/${path}`)).text()
    const chidiSees = async () =>
      (await (await server.as('chidi'))(`/fhir/Patient/${graceId}`)).status === 200
    return { ...server, send, sent, text, chidiSees }
  }

  test('is given only by the person, whoever writes it in the person’s name', async () => {
    const { send, sent, chidiSees } = await started()
    expect(await sent('chidi', given)).toBe(404)
    for (const who of ['amina', 'patel', 'admin'])
      for (const one of [given, writtenDown, { ...writtenDown, ...hidden }]) {
        expect(await sent(who, one)).toBe(403)
        const type = 'transaction'
        const entry = [{ request: { method: 'POST', url: 'Consent' }, resource: one }]
        expect(await send(who, 'POST', '', { resourceType: 'Bundle', type, entry })).toBe(403)
      }
    expect(await chidiSees()).toBe(false)
  })

  test('may be proposed by a named professional, and takes effect when the person agrees', async () => {
    const { send, sent, chidiSees, text } = await started()
    const asked = { ...writtenDown, status: 'proposed' } as const
    expect(await sent('patel', asked)).toBe(403)
    expect(await sent('amina', { ...given, status: 'proposed' })).toBe(403)
    expect(await sent('amina', { ...asked, ...hidden })).toBe(403)
    expect(await sent('amina', asked)).toBe(201)
    expect(await chidiSees()).toBe(false)
    const yes = [{ op: 'replace', path: '/status', value: 'active' }]
    expect(await send('amina', 'PATCH', 'Consent/share', yes, 1)).toBe(403)
    expect(await text('grace', 'Consent/share')).toContain('Practitioner/amina-yusuf')
    expect(await text('grace', `Patient/${graceId}/$who-looked`)).toContain('Consent/share')
    expect(await sent('grace', { ...asked, status: 'active' }, 1)).toBe(200)
    expect(await chidiSees()).toBe(true)
    expect(await sent('grace', { ...given, status: 'inactive' }, 2)).toBe(200)
    expect(await chidiSees()).toBe(false)
  })

  test('that shows more, less or longer than before is told to the person, the team and the carer', async () => {
    const { sent, text, sql } = await started()
    const news = async () => {
      const { rows } = await sql.query<{ words: string }>(
        `select content #>> '{reason,0,text}' as words from resource where rt = 'Provenance'
          and content #>> '{activity,coding,0,code}' = 'change-access' order by rid`,
      )
      return rows.map(({ words }) => words)
    }
    const with_ = (rooms: readonly string[], actions: readonly string[], end?: string) => ({
      ...{ ...share(rooms, actions, end), performer: [grace] },
    })
    expect(await sent('grace', with_(['me'], ['read']))).toBe(201)
    expect(await sent('grace', with_(['me', 'record'], ['read'], '2199-01-01'), 1)).toBe(200)
    expect(await sent('grace', with_(['record'], ['write'], '2199-01-01'), 2)).toBe(200)
    expect(
      await sent('grace', { ...with_(['record'], ['write'], '2199-01-01'), language: 'en' }, 3),
    ).toBe(200)
    const [begun = '', wider = '', other = '', ...more] = await news()
    expect(begun).toMatch(/can now see: Me, until 1 January 2099\.$/)
    const name = begun.replace(/ can now see.*/, '')
    expect(wider).toBe(
      `${name} can now also see: The clinical record. What is shared with ${name} is now shared until 1 January 2199.`,
    )
    expect(other).toBe(
      `${name} can no longer see: Me. ${name} can now also write in: The clinical record.`,
    )
    expect(more, 'nothing that anybody sees').toEqual([])
    expect(await text('grace', `Patient/${graceId}/$who-looked`)).toContain('can now also see')
    expect(await text('amina', `Provenance?patient=Patient/${graceId}`)).toContain(
      'can now also see',
    )
    const toCarer = await text('chidi', '$shared-with-me')
    expect(toCarer).toMatch(/"until","valueString":"2199-01-01"/)
    expect(toCarer).toMatch(/"since","valueString":"\d{4}-/)
  })

  test('from before this rule stays valid, and the person sees it and can end it', async () => {
    const { seed, sent, chidiSees, text } = await started()
    await seed([{ ...writtenDown, ...hidden }])
    expect(await chidiSees()).toBe(true)
    expect(await text('grace', `Consent?patient=Patient/${graceId}`)).toContain('"share"')
    expect(await sent('grace', { ...writtenDown, ...hidden, status: 'inactive' }, 1)).toBe(200)
    expect(await chidiSees()).toBe(false)
  })

  test('is found however many other consents there are', async () => {
    const { seed, sent, chidiSees } = await started()
    const beside = Array.from({ length: 230 }, (_, at) => ({
      ...{ ...given, status: 'inactive' as const },
      id: `a-${at}`,
    }))
    await seed([given, ...beside])
    expect(await chidiSees()).toBe(true)
    expect(await sent('grace', { ...given, status: 'inactive' }, 1)).toBe(200)
    expect(await chidiSees()).toBe(false)
  })

  test('may be ended by any professional with access, and is reopened by nobody else', async () => {
    const { sent, chidiSees } = await started()
    expect(await sent('grace', given)).toBe(201)
    expect(await chidiSees()).toBe(true)
    expect(await sent('patel', longer, 1)).toBe(403)
    expect(await sent('patel', { ...given, status: 'inactive' }, 1)).toBe(200)
    expect(await chidiSees()).toBe(false)
    expect(await sent('patel', given, 2)).toBe(403)
    expect(await sent('amina', given, 2)).toBe(403)
  })

  test.each(['inactive', 'rejected', 'entered-in-error'])(
    'that was given and is %s is recorded only by the person',
    async (status) => {
      const { sent, send } = await started()
      for (const who of ['amina', 'patel', 'admin']) {
        expect(await sent(who, { ...writtenDown, status })).toBe(403)
        const { id: _, ...fresh } = { ...writtenDown, status }
        expect(await send(who, 'POST', 'Consent', fresh)).toBe(403)
      }
      expect(await sent('grace', { ...given, status })).toBe(201)
    },
  )

  const inWords = (words: string) => ({
    extension: [{ url: 'https://gable.example/fhir/entered-in-error-why', valueString: words }],
  })
  const ended = { ...given, status: 'inactive' as const }
  const inError = { ...ended, status: 'entered-in-error' as const }
  const widened = { ...share(['me', 'roof', 'record'], ['read']), performer: [grace] }

  test.each(['amina', 'patel', 'admin'])(
    'that the person gave or ended is not reworded by anybody else: %s',
    async (who) => {
      const { send, sent, text } = await started()
      expect(await sent('grace', given)).toBe(201)
      const steps = [
        { op: 'replace', path: '/provision', value: widened.provision },
        { op: 'replace', path: '/status', value: 'inactive' },
      ]
      expect(await send(who, 'PATCH', 'Consent/share', steps, 1)).toBe(403)
      expect(await sent(who, { ...widened, status: 'inactive' }, 1)).toBe(403)
      expect(await sent('grace', ended, 1)).toBe(200)
      const other = { ...widened, status: 'inactive' }
      expect(await sent(who, other, 2)).toBe(403)
      expect(await send(who, 'PUT', 'Consent?_id=share', other)).toBe(403)
      const request = { method: 'PUT', url: 'Consent/share', ifMatch: 'W/"2"' }
      const bundle = { resourceType: 'Bundle', type: 'transaction' }
      expect(
        await send(who, 'POST', '', { ...bundle, entry: [{ request, resource: other }] }),
      ).toBe(403)
      expect(await sent(who, { ...writtenDown, status: 'proposed' }, 2)).toBe(403)
      expect(await sent(who, inError, 2)).toBe(422)
      expect(await sent(who, { ...widened, ...inError, provision: widened.provision }, 2)).toBe(403)
      expect(await sent(who, { ...inError, ...inWords('It was meant for her son') }, 2)).toBe(200)
      expect(await text('grace', 'Consent/share')).toContain('It was meant for her son')
      const log = await text('grace', `Patient/${graceId}/$who-looked`)
      expect(log).toContain('Consent/share')
    },
  )
})
