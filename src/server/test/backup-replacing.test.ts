import { expect, test } from 'vitest'
import { demoIdentities } from '#demo-data/identities.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { createHandler } from '#server/handler.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { openHandler, testOrigin } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  backupOf,
  container,
  fingerprint,
  livedBackup,
  livedOn,
  sourceOf,
} from '#test-support/worlds/lived-backup.ts'

const here = { resourceType: 'Organization', id: 'only-here', name: 'Only here' } as const
const once = { now: livedOn, merge: false, replace: true }

/** Makes requests as the administrator of a browser’s own records. */
async function ownRecords(sql: Sql) {
  const store = createStore(sql, { now: () => livedOn })
  const events: string[] = []
  const ground = {
    replacing: (sent: Blob) => ({
      within: async () => void events.push(`begins from ${sent.size} bytes`),
    }),
    replaced: () => void events.push('replaced'),
    merged: async () => void events.push('merged'),
  }
  const handler = createHandler({ sql, store, now: () => livedOn, demo: demoIdentities, ground })
  const signedIn = await handler(
    new Request(`${testOrigin}/auth/demo`, {
      method: 'POST',
      body: '{"as":"admin"}',
      headers: { 'Content-Type': 'application/json' },
    }),
  )
  const { token } = (await signedIn.json()) as { token: string }
  const restore = (ways: string, body: Uint8Array<ArrayBuffer>) =>
    handler(
      new Request(`${testOrigin}/fhir/$restore?${ways}`, {
        ...{ method: 'POST', body },
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-tar' },
      }),
    )
  return { restore, events }
}

eachStore('A backup that replaces everything', (open) => {
  async function livedIn() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: livedOn })
    await server.seed([here])
    await server.as('admin')
    return { sql, server }
  }

  test('leaves exactly what it holds, with the same checksum, and keeps signed-in users signed in', async () => {
    const first = await livedBackup()
    const { sql, server } = await livedIn()
    const restored = await restoreBackup(sql, sourceOf(first.entries), once)
    expect(restored.manifest.sum).toBe(first.manifest.sum)
    expect((await backupOf(sql)).manifest.sum).toBe(first.manifest.sum)
    const admin = await server.as('admin')
    expect((await admin('/fhir/Organization/only-here')).status).toBe(404)
    expect((await admin('/fhir/Goal/goal-1/_history/1')).status).toBe(200)
    const written = await admin('/fhir/Organization/later', {
      ...{ method: 'PUT', json: { ...here, id: 'later' } },
    })
    expect(written.status).toBe(201)
  })

  test('changes nothing when it is stopped at any point', async () => {
    const { entries } = await livedBackup()
    const { sql } = await livedIn()
    const before = await fingerprint(sql)
    for (const at of [1, 2, 5, 100]) {
      const stopping = new AbortController()
      let progressed = 0
      const progress = (_done: number, _of: number, step: string) => {
        progressed += step === 'kept' ? 100 : 1
        if (progressed >= at) stopping.abort()
      }
      const ways = { ...once, progress, stop: stopping.signal }
      await expect(restoreBackup(sql, sourceOf(entries), ways)).rejects.toThrow('stopped')
      expect(await fingerprint(sql)).toBe(before)
    }
  })

  test('changes nothing when the file is refused, and says which part is wrong', async () => {
    const { sql } = await livedIn()
    const { restore, events } = await ownRecords(sql)
    const whole = await container((await livedBackup()).entries)
    // the failed try is in the audit log
    const before = await fingerprint(sql, 'records')
    const cut = await restore('replace=true', whole.slice(0, whole.length / 2))
    expect(cut.status).toBe(422)
    expect(await cut.text()).toMatch(/incomplete: it ends after \w+/)
    const other = await restore('replace=true&progress=true', new TextEncoder().encode('a letter'))
    expect(other.headers.get('X-Accel-Buffering')).toBe('no')
    expect(await other.text()).toMatch(/event: refused\ndata: .*backup is incomplete/)
    expect(await fingerprint(sql, 'records')).toBe(before)
    expect(events).toEqual([])
  })

  test('reports its progress, its end and where backups begin from now on', async () => {
    const { sql } = await livedIn()
    const { restore, events } = await ownRecords(sql)
    const { entries, manifest } = await livedBackup()
    const whole = await container(entries)
    const text = await (await restore('replace=true&progress=true', whole)).text()
    expect(text).toMatch(/event: progress\ndata: {"step":"read","done":\d+,"of":\d+}/)
    expect(text).toMatch(/"step":"kept","done":(\d+),"of":\1}\n\nevent: done\n/)
    expect(text).toContain(manifest.sum)
    expect(events).toEqual([`begins from ${whole.length} bytes`, 'replaced'])
  })

  test('is refused on a server', async () => {
    const { server } = await livedIn()
    const admin = await server.as('admin')
    const body = await container((await livedBackup()).entries)
    const answer = await admin('/fhir/$restore?replace=true', { method: 'POST', body })
    expect(answer.status).toBe(403)
    expect((await admin('/fhir/Organization/only-here')).status).toBe(200)
  })
})
