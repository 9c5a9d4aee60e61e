import type { Bundle, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import {
  lastViewedParameters,
  viewedInExtension,
} from '#domain/plan/versions/last-viewed-parameters.ts'
import { makeBackup } from '#server/backup/make-backup.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import type { TarEntry } from '#server/backup/tar.ts'
import { minutesBefore, testNow } from '#test-support/clock.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { openPglite } from '#test-support/servers/pglite.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { share, standing } from '#test-support/worlds/grace-records.ts'

type Seen = readonly Readonly<{ room: string; at: string }>[]
const before = (minutes: number) => minutesBefore(testNow, minutes).toISOString()

eachStore('When a reader last looked at a plan', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([...standing, share(['roof', 'me'], ['read'])] as never, 'brook-surgery')
    const mark = async (who: string, seen: Seen, patient = graceId) => {
      const json = lastViewedParameters.write({ patient, seen: seen as never })
      return await (await server.as(who))('/fhir/$mark-seen', { method: 'POST', json })
    }
    const seenBy = async (who: string) => {
      const json = lastViewedParameters.write({ patient: graceId, seen: [] })
      const answer = await (await server.as(who))('/fhir/$last-viewed', { method: 'POST', json })
      return lastViewedParameters.read((await answer.json()) as Parameters).seen
    }
    return { ...server, sql, mark, seenBy }
  }

  test('is kept by room, and the latest moment counts, in whatever order the devices send it', async () => {
    const { mark, seenBy } = await started()
    const answer = await mark('amina', [
      { room: 'me', at: before(10) },
      { room: 'roof', at: before(50) },
    ])
    expect(answer.status).toBe(200)
    await mark('amina', [
      { room: 'me', at: before(30) },
      { room: 'roof', at: before(20) },
    ])
    expect(await seenBy('amina')).toEqual([
      { room: 'roof', at: before(20) },
      { room: 'me', at: before(10) },
    ])
  })

  test('is never later than now, whatever the clock of a device says', async () => {
    const { mark, seenBy } = await started()
    await mark('amina', [{ room: 'me', at: '2999-01-01T00:00:00Z' }])
    expect(await seenBy('amina')).toEqual([{ room: 'me', at: testNow.toISOString() }])
  })

  test('is given to nobody else, and comes with the house of its own reader', async () => {
    const { mark, seenBy, as } = await started()
    await mark('amina', [{ room: 'me', at: before(10) }])
    for (const who of ['patel', 'grace', 'chidi', 'admin']) expect(await seenBy(who)).toEqual([])
    const house = async (who: string) => {
      const json = lastViewedParameters.write({ patient: graceId, seen: [] })
      const answer = await (await as(who))('/fhir/CarePlan/$house', { method: 'POST', json })
      return viewedInExtension(((await answer.json()) as Bundle).meta)
    }
    expect(await house('amina')).toEqual({ me: before(10) })
    expect(await house('patel')).toEqual({})
    for (const who of ['grace', 'amina']) {
      const everything = await (
        await (
          await as(who)
        )(`/fhir/Patient/${graceId}/$everything`)
      ).text()
      expect(everything).not.toContain(before(10))
    }
  })

  test('is in no row that the role of an actor can read', async () => {
    const { mark, sql } = await started()
    await mark('amina', [{ room: 'me', at: before(10) }])
    for (const role of ['gable_all', 'gable_staff', 'gable_listed', 'gable_none'] as const) {
      const reach = { role, organisation: '', practitioner: '', rooms: '', at: '' }
      await expect(sql.as(reach).query('select * from last_viewed')).rejects.toMatchObject({
        code: '42501',
      })
    }
  })

  test('does not appear among those who looked at the person', async () => {
    const { mark, as, sql } = await started()
    const { rows: old } = await sql.query('select seq from audit')
    await mark('amina', [{ room: 'me', at: before(10) }])
    const { rows } = await sql.query<{ way: string; persons: readonly string[] }>(
      'select way, to_json(persons) as persons from audit order by seq',
    )
    expect(rows.slice(old.length)).toContainEqual({ way: '$mark-seen', persons: [] })
    const looked = await (await as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    expect(await looked.text()).not.toContain('mark-seen')
  })

  test('cannot be marked for a person whom the reader may not see, nor without a room', async () => {
    const { mark } = await started()
    const seen = [{ room: 'me', at: before(10) }]
    const told = await (await mark('stranger', seen)).text()
    expect(told).toBe(await (await mark('stranger', seen, 'nobody')).text())
    expect((await mark('stranger', seen)).status).toBe(404)
    expect((await mark('amina', seen, 'nobody')).status).toBe(404)
    expect((await mark('admin', seen, 'nobody')).status).toBe(404)
    expect((await mark('amina', [])).status).toBe(400)
    expect((await mark('amina', [{ room: 'cellar', at: before(10) }])).status).toBe(400)
    expect((await mark('amina', [{ room: 'me', at: 'yesterday' }])).status).toBe(400)
    expect((await mark('amina', seen, '')).status).toBe(400)
  })

  test('is in the backup, and the later moment counts where both know one', async () => {
    const { mark, sql } = await started()
    await mark('amina', [{ room: 'me', at: before(10) }])
    const entries: TarEntry[] = []
    await makeBackup(sql, { now: testNow, emit: async (entry) => void entries.push(entry) })
    const source = async function* () {
      yield* entries
    }
    const copy = await openPglite()
    await copy.sql.query(
      `insert into last_viewed (agent, person, room, at) values ('Practitioner/amina-yusuf', $1, 'me', $2)`,
      [graceId, before(60)],
    )
    await restoreBackup(copy.sql, source, { now: testNow, merge: true })
    const { rows } = await copy.sql.query<{ at: Date }>('select at from last_viewed')
    expect(rows.map(({ at }) => new Date(at).toISOString())).toEqual([before(10)])
    await copy.close()
  })
})
