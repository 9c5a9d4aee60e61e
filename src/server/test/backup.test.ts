import type { Bundle, CareTeam } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { verifyHashChain } from '#server/audit/verify-hash-chain.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import type { PublishedMessage } from '#server/realtime/pubsub.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  backupOf,
  container,
  fingerprint,
  freshPglite,
  livedBackup,
  livedOn,
  notedIn,
  sourceOf,
  within,
} from '#test-support/worlds/lived-backup.ts'

eachStore('A backup', (open) => {
  test('moves everything to another database and back: versions, times, agreements, audit log', async () => {
    const first = await livedBackup()
    const { sql: there } = await open()
    const restored = await restoreBackup(there, within(await container(first.entries)), {
      now: livedOn,
      merge: false,
    })
    expect(restored).toMatchObject({ kept: 0 })
    const second = await backupOf(there)
    expect(second.manifest.counts).toEqual(first.manifest.counts)
    expect(second.manifest.files).toEqual(first.manifest.files)
    expect(second.manifest.trail).toEqual(first.manifest.trail)
    const back = await freshPglite()
    await restoreBackup(back, sourceOf(second.entries), { now: livedOn, merge: false })
    expect((await backupOf(back)).manifest.sum).toBe(first.manifest.sum)

    const server = await openHandler({ sql: there, now: livedOn })
    const her = await server.as('grace')
    const looked = await (await her(`/fhir/Patient/${graceId}/$who-looked`)).text()
    expect(looked).toContain('Amina Yusuf')
    const agreement = (await (await her('/fhir/Provenance/agree-1')).json()) as { target: unknown }
    expect(agreement.target).toEqual([
      { reference: 'CarePlan/plan-1/_history/1' },
      { reference: `Patient/${graceId}` },
    ])
    const old = await (await her('/fhir/Goal/goal-1/_history/1')).text()
    expect(old).toContain('To walk to church')
    expect((await her('/fhir/Observation/reading-1')).status).toBe(410)
    const found = (await (await her(`/fhir/Goal?patient=Patient/${graceId}`)).json()) as Bundle
    expect(JSON.stringify(found)).toContain('祖母')
    const chidi = await server.as('chidi')
    expect((await chidi('/fhir/Observation/about-1')).status).toBe(200)
    expect((await chidi('/fhir/Goal/goal-1')).status).toBe(404)
    const checked = await verifyHashChain(there, notedIn(first.manifest))
    expect(checked.fault).toBeUndefined()
    expect(checked.entries).toBe(first.manifest.trail.entries)
  })

  test.each([
    ['America/Los_Angeles', '2099-01-01T08:00'],
    ['Pacific/Auckland', '2098-12-31T11:00'],
  ])('ends access that has a last day by the clock of %s', async (zone, end) => {
    const { sql: there } = await open()
    const team: CareTeam & { id: string } = {
      ...{ resourceType: 'CareTeam', id: 'until', status: 'active' },
      subject: { reference: `Patient/${graceId}` },
      participant: [
        { member: { reference: 'Practitioner/karen-lee' }, period: { end: '2098-12-31' } },
      ],
    }
    const first = await freshPglite()
    const original = await openHandler({ sql: first, now: livedOn })
    await original.seed([{ resourceType: 'Patient', id: graceId }, team])
    const { entries } = await backupOf(first)
    await restoreBackup(there, sourceOf(entries), { now: livedOn, zone, merge: false })
    const { rows } = await there.query<{ until: Date | string }>(
      `select until from relation where agent = 'karen-lee' and until is not null`,
    )
    const ends = rows.map(({ until }) => new Date(Number(new Date(until)) + 1).toISOString())
    expect(ends.map((each) => each.slice(0, 16))).toEqual([end])
  })

  test('of an older version shows the person what that version had wrongly hidden', async () => {
    const { sql: there } = await open()
    const first = await freshPglite()
    const original = await openHandler({ sql: first, now: livedOn })
    const goal = { resourceType: 'Goal', id: 'hidden', lifecycleStatus: 'active' } as const
    const subject = { reference: `Patient/${graceId}` }
    const hidden = { ...goal, description: { text: 'To walk' }, subject }
    await original.seed([{ resourceType: 'Patient', id: graceId }, hidden])
    for (const table of ['resource', 'sp', 'link'])
      await first.query(
        `update ${table} set room = 'professional' where rid = (select rid from resource where id = 'hidden')`,
      )
    const { entries } = await backupOf(first)
    await restoreBackup(there, sourceOf(entries), { now: livedOn, merge: false })
    const her = await (await openHandler({ sql: there, now: livedOn })).as('grace')
    expect((await her('/fhir/Goal/hidden')).status).toBe(200)
  })

  test('is refused where records exist, unless merging is asked for, which keeps the existing ones', async () => {
    const { entries } = await livedBackup()
    const { sql } = await open()
    const server = await openHandler({ sql, now: livedOn })
    await server.seed([
      { resourceType: 'Organization', id: 'brook-surgery', name: 'As it is here' },
    ])
    const before = await fingerprint(sql)
    const whole = restoreBackup(sql, sourceOf(entries), { now: livedOn, merge: false })
    await expect(whole).rejects.toThrow('records here already')
    expect(await fingerprint(sql)).toBe(before)
    await server.as('admin')
    const merged = await restoreBackup(sql, sourceOf(entries), { now: livedOn, merge: true })
    expect(merged.kept).toBe(1)
    const her = await server.as('grace')
    expect((await her('/fhir/Goal/goal-1/_history/2')).status).toBe(200)
    const surgery = await (await her('/fhir/Organization/brook-surgery')).text()
    expect(surgery).toContain('As it is here')
    expect(await (await her(`/fhir/Patient/${graceId}/$who-looked`)).text()).toContain('Amina')
    const again = await restoreBackup(sql, sourceOf(entries), { now: livedOn, merge: true })
    expect(again.records).toBe(0)
    expect((await verifyHashChain(sql)).fault).toBeUndefined()
  })

  test('is in the audit log with who restored it or fails as a whole, and open pages reload', async () => {
    const { entries } = await livedBackup()
    const { sql } = await open()
    const published: string[] = []
    const wire = {
      tell: ({ kind }: PublishedMessage) => published.push(kind),
      onTold: () => () => undefined,
    }
    const server = await openHandler({ sql, wire, now: livedOn })
    const admin = await server.as('admin')
    const stream = (await admin('/events')).body?.pipeThrough(new TextDecoderStream()).getReader()
    const sent = { method: 'POST', body: await container(entries) }
    const restore = () => admin('/fhir/$restore?merge=true', sent)
    await sql.script(
      `alter table trail.audit add constraint full_disk check (way <> '$restore') not valid`,
    )
    expect((await restore()).status).toBe(500)
    expect((await sql.query('select 1 from resource')).rows).toEqual([])
    await sql.script('alter table trail.audit drop constraint full_disk')
    expect((await restore()).status).toBe(200)
    expect((await sql.query(`select 1 from audit where way = '$restore'`)).rows).toHaveLength(1)
    let text = ''
    while (!text.includes('event: reset')) text += (await stream?.read())?.value ?? ''
    expect(published).toContain('lost')
    await stream?.cancel()
  })
})
