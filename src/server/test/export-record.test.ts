import type { Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { checkBackup } from '#server/backup/manifest.ts'
import { type TarEntry, unpackTar } from '#server/backup/tar.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, goal, grace, standing } from '#test-support/worlds/grace-records.ts'
import { within } from '#test-support/worlds/lived-backup.ts'

const path = `/fhir/Patient/${graceId}/$export-record`

const asking = (...words: readonly (readonly [name: string, value: string])[]) => ({
  method: 'POST',
  json: {
    resourceType: 'Parameters',
    parameter: words.map(([name, valueString]) => ({ name, valueString })),
  },
})

async function filesOf(answer: Response): Promise<ReadonlyMap<string, string>> {
  const bytes = await answer.bytes()
  const files = new Map<string, string>()
  async function* chunks() {
    yield bytes
  }
  for await (const { name, bytes: content } of unpackTar(chunks()) as AsyncIterable<TarEntry>)
    files.set(name, new TextDecoder().decode(content))
  await checkBackup(within(bytes))
  return files
}

eachStore('A copy of a person’s record', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(standing, 'brook-surgery')
    const her = await server.as('grace')
    await her('/fhir/Goal/goal-1', { method: 'PUT', json: goal(grace) })
    const headers = { 'If-Match': 'W/"1"' }
    const json = { ...goal(grace), description: { text: 'Rest <b>well</b>' } }
    await (await server.as('amina'))('/fhir/Goal/goal-1', { method: 'PUT', headers, json })
    return server
  }

  test('holds all that the person may see, with earlier versions and accesses, and no professional-only records', async () => {
    const server = await started()
    const answer = await (await server.as('grace'))(path, asking())
    expect(answer.headers.get('content-type')).toBe('application/x-tar')
    const files = await filesOf(answer)
    expect(files.get('Goal.ndjson')?.trim().split('\n')).toHaveLength(2)
    expect(files.get('Goal.ndjson')).toContain('To walk to church')
    expect(files.get('AuditEvent.ndjson')).toContain('Amina Yusuf')
    expect(files.get('record.html')).toContain('Rest &lt;b&gt;well&lt;/b&gt;')
    const all = [...files.values()].join('\n')
    expect(all).not.toContain('whisper-1')
    expect(all).not.toContain('risk-1')
    expect(all).not.toContain('"other"')
  })

  test('leaves out restricted records when a professional who is not named makes it', async () => {
    const server = await started()
    const label = {
      system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
      code: 'R',
    }
    await server.seed([{ ...goal(grace), id: 'goal-2', meta: { security: [label] } }])
    const copyFor = async (who: string) =>
      (await filesOf(await (await server.as(who))(path, asking()))).get('Goal.ndjson')
    expect(await copyFor('grace')).toContain('goal-2')
    expect(await copyFor('patel')).not.toContain('goal-2')
  })

  test('is the same when staff make it for the person, and a full copy needs a reason and is in the audit log', async () => {
    const server = await started()
    const call = await server.as('amina')
    expect([...(await filesOf(await call(path, asking()))).values()].join('\n')).not.toContain(
      'whisper-1',
    )
    expect((await call(path, asking(['copy', 'full']))).status).toBe(400)
    const why = asking(['copy', 'full'], ['reason', 'complaint 7'])
    const full = await filesOf(await call(path, why))
    expect(full.get('Communication.ndjson')).toContain('whisper-1')
    expect(full.get('Communication.ndjson')).toContain(amina.reference)
    const log = await (await server.as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    expect(await log.text()).toContain('a full copy: complaint 7')
  })

  test('cannot be part of a batch, and nor can a backup, and the other entries are answered', async () => {
    const server = await started()
    const asked = (identity: string, ...entries: readonly (readonly [string, string])[]) =>
      server.as(identity).then(async (call) => {
        const entry = entries.map(([method, url]) => ({
          request: { method, url },
          resource: { resourceType: 'Parameters' },
        }))
        const json = { resourceType: 'Bundle', type: 'batch', entry }
        const answer = (await (await call('/fhir', { method: 'POST', json })).json()) as Bundle
        return answer.entry?.map((each) => each.response?.status)
      })
    const copy = `Patient/${graceId}/$export-record`
    const person = ['GET', `Patient/${graceId}`] as const
    expect(await asked('amina', ['POST', copy], ['GET', copy], person)).toEqual([
      ...['400', '400', '200'],
    ])
    expect(await asked('admin', ['POST', '$backup'], person)).toEqual(['400', '200'])
    const log = await server.sql.query(`select 1 from audit where allowed and why like '%copy%'`)
    expect(log.rows).toEqual([])
  })

  test.each<[who: string, path: string, status: number, ...words: (readonly [string, string])[]]>([
    ['grace', path, 403, ['copy', 'full'], ['reason', 'x']],
    ['admin', path, 403],
    ['stranger', path, 404],
    ['ruth', path, 404],
    ['grace', '/fhir/Patient/other/$export-record', 404],
  ])('%s cannot have %s', async (identity, asked, status, ...words) => {
    const server = await started()
    expect((await (await server.as(identity))(asked, asking(...words))).status).toBe(status)
  })
})
