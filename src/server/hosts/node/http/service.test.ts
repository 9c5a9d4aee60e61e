import { type ClientRequest, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createHandler } from '#server/handler.ts'
import { openPool, pgSql } from '#server/hosts/node/database/pg-sql.ts'
import { traceOf } from '#server/hosts/node/log.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import { machineNow } from '#test-support/clock.ts'
import { runningServices } from '#test-support/servers/running-service.ts'

const started = runningServices()

async function outcomeOf(answer: Response) {
  const { resourceType, issue } = await answer.json()
  return { status: answer.status, resourceType, code: issue[0].code }
}

test('is alive and ready while the database answers', async () => {
  const { call } = await started()
  expect((await call('/health')).status).toBe(200)
  expect((await call('/ready')).status).toBe(200)
})

test('is ready, and says what to run, where a superuser made the database by hand', async () => {
  const { call } = await started()
  const answer = await call('/ready')
  const [first, ...rest] = (await answer.text()).split('\n')
  expect([answer.status, first]).toEqual([200, 'ready'])
  expect(rest.join('\n')).toContain('The audit log is not protected')
  expect(rest.join('\n')).toContain('psql --dbname=gable --file=deploy/trail.sql')
})

test('stops in order: not ready, no answer lost, streams cut last', async () => {
  const { call, signIn, stop } = await started({ GABLE_STOP_DELAY_SECONDS: '1' })
  const headers = await signIn()
  const stream = (await call('/events', { headers })).body?.getReader()
  const stopped = stop()
  const ready = await call('/ready')
  expect([ready.status, await ready.text()]).toEqual([503, 'stopping\n'])
  expect((await call('/health')).status).toBe(200)
  // requests during the shutdown are answered, and the stream is still open
  expect((await call('/fhir/Patient', { headers })).status).toBe(200)
  await stopped
  const rest = (async () => {
    while (stream && !(await stream.read()).done);
  })()
  await rest.catch(() => undefined)
  await expect(call('/health')).rejects.toThrow()
})

test('a body that is too long is refused with 413, in sign-in much sooner', async () => {
  const { call, signIn } = await started({ GABLE_MAX_BODY: '200000' })
  const headers = { ...(await signIn()), 'Content-Type': 'application/fhir+json' }
  const send = (path: string, length: number) =>
    call(path, { method: 'POST', headers, body: ' '.repeat(length) })
  const refused = { status: 413, resourceType: 'OperationOutcome', code: 'too-long' }
  expect(await outcomeOf(await send('/fhir', 200_001))).toEqual(refused)
  expect((await send('/fhir', 150_000)).status).toBe(400)
  expect(await outcomeOf(await send('/auth/demo', 100_001))).toEqual(refused)
  const message = { headers, method: 'POST', body: ' '.repeat(1_048_577) }
  expect((await call('/hl7', message)).status).toBe(413)
  expect(
    (await call('/fhir/Patient/_search', { ...message, body: ' '.repeat(100_001) })).status,
  ).toBe(413)
})

test('the bodies of one caller are limited in memory, freed afterwards and apart from others', async () => {
  const { signIn, call, port } = await started({ GABLE_MAX_BODY: '200000' })
  const headers = { ...(await signIn()), 'Content-Type': 'application/fhir+json' }
  const length = { 'Content-Length': '199000' }
  const options = { port, path: '/fhir', method: 'POST', headers: { ...headers, ...length } }
  const held: ClientRequest[] = []
  const hold = () => {
    // refused because one of the requests below was being read at that moment: try again
    const half = httpRequest(options).on('error', () => undefined)
    half.on('response', hold).write(' '.repeat(198_000))
    held.push(half)
  }
  hold()
  const send = async (more: Readonly<Record<string, string>>, bytes = 150_000) => {
    const body = ' '.repeat(bytes)
    return (await call('/fhir', { method: 'POST', headers: { ...headers, ...more }, body })).status
  }
  await expect.poll(() => send({}), { timeout: 10_000 }).toBe(503)
  // a short request of the same caller, and a long one of another caller, are accepted
  expect(await send({}, 15_000)).toBe(400)
  expect(await send(await signIn('patel'))).toBe(400)
  // after a second sign-in it is still the same caller
  expect(await send(await signIn())).toBe(503)
  for (const each of held) each.destroy()
  await expect.poll(() => send({}), { timeout: 10_000 }).toBe(400)
})

test.each([
  ['one user', { GABLE_RATE: '2' }],
  ['one address', { GABLE_RATE_ADDRESS: '2' }],
])('too many requests from %s are refused with 429 and Retry-After', async (_who, env) => {
  const { call, signIn } = await started(env)
  const headers = await signIn()
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => call('/fhir/metadata', { headers })),
  )
  const refused = answers.find((each) => each.status === 429)
  expect(answers.filter((each) => each.status === 200).length).toBeGreaterThanOrEqual(4)
  expect(refused?.headers.get('retry-after')).toBe('1')
  if (refused) expect((await outcomeOf(refused)).code).toBe('throttled')
})

test('sign-in is limited by the client’s address, also behind a proxy', async () => {
  const { call } = await started({
    ...{ GABLE_RATE_SIGN_IN: '1', GABLE_ORIGIN: 'https://gable.example', GABLE_DEMO: '0' },
  })
  const from = async (address: string) => {
    const headers = { 'X-Forwarded-For': `1.2.3.4, ${address}` }
    return (await call('/auth/demo', { method: 'POST', headers, body: '{"as":"amina"}' })).status
  }
  // all at once, because each second on a busy machine would allow one more
  const tries = await Promise.all(Array.from({ length: 4 }, () => from('9.9.9.9')))
  expect(tries.toSorted()).toEqual([200, 200, 200, 429])
  expect(await from('8.8.8.8')).toBe(200)
})

test('signing out is not limited by sign-ins from the same address', async () => {
  const { call } = await started({ GABLE_RATE_SIGN_IN: '1' })
  const ask = async (path: string) =>
    (await call(path, { method: 'POST', body: '{"as":"amina"}' })).status
  const tries = await Promise.all(Array.from({ length: 5 }, () => ask('/auth/demo')))
  expect(tries).toContain(429)
  const ways = ['/auth/sign-out', '/auth/sign-out-everywhere'].flatMap((way) => [
    way,
    way,
    way,
    way,
  ])
  expect(await Promise.all(ways.map(ask))).not.toContain(429)
})

test('more open streams than allowed are refused until one ends', async () => {
  const { call, signIn } = await started({ GABLE_STREAMS_EACH: '2' })
  const headers = await signIn()
  const open = () => call('/events', { headers })
  const [first] = [await open(), await open()]
  expect((await open()).status).toBe(429)
  await first.body?.cancel()
  await expect.poll(async () => (await open()).status).toBe(200)
})

test('a statement that takes too long is cancelled, and nothing else', async () => {
  const { sql } = await started({ GABLE_STATEMENT_SECONDS: '1' })
  await expect(
    sql.as(rlsSessionOf({ people: { kind: 'none' } }, machineNow())).query('select pg_sleep(3)'),
  ).rejects.toMatchObject({
    code: '57014',
  })
  const reach = rlsSessionOf({ people: { kind: 'none' } }, machineNow())
  const inTransaction = sql.transaction((tx) => tx.as(reach).query('select pg_sleep(3)'))
  await expect(inTransaction).rejects.toMatchObject({ code: '57014' })
  await sql.transaction(async (tx) => {
    await tx.as(reach).query('select 1')
    await tx.query('select pg_sleep(1.2)')
  })
})

test('an unreachable database is answered with 503 and Retry-After', async () => {
  const { call, signIn } = await started()
  const headers = await signIn()
  const away = openPool('postgres://nobody@127.0.0.1:1/nothing', 1)
  const handler = createHandler({ sql: pgSql(away) })
  const answer = await handler(new Request('http://gable.test/fhir/Patient', { headers }))
  expect(await outcomeOf(answer.clone())).toMatchObject({ status: 503, code: 'transient' })
  expect(answer.headers.get('retry-after')).toBe('5')
  expect((await call('/fhir/Patient', { headers })).status).toBe(200)
})

test('a database restart fails current requests, and none after it', async () => {
  const { call, signIn, sql } = await started()
  const headers = await signIn()
  const cut = sql.transaction(async (tx) => {
    await sql.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await tx.query('select 1')
  })
  await expect(cut).rejects.toThrow()
  expect((await call('/fhir/Patient', { headers })).status).toBe(200)
})

test('a read-only database makes the service not ready, and a change gets 503', async () => {
  const { call, signIn, sql } = await started()
  const headers = { ...(await signIn('admin')), 'Content-Type': 'application/fhir+json' }
  const { rows } = await sql.query<{ name: string }>('select current_database() as name')
  await sql.script(`alter database "${rows[0]?.name}" set default_transaction_read_only = on`)
  await sql
    .script(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    .catch(() => undefined)
  await sql.script('set default_transaction_read_only = on')
  await expect.poll(async () => (await call('/ready')).status).toBe(503)
  expect((await call('/health')).status).toBe(200)
  const body = '{"resourceType":"Organization","name":"New"}'
  const answer = await call('/fhir/Organization', { method: 'POST', headers, body })
  expect(await outcomeOf(answer)).toMatchObject({ status: 503, code: 'transient' })
})

test('a batch counts as the number of requests in it, at any depth', async () => {
  const { call, signIn } = await started({ GABLE_RATE: '10' })
  const send = async (headers: HeadersInit, type: string, entry: readonly unknown[]) => {
    const body = JSON.stringify({ resourceType: 'Bundle', type, entry })
    const init = {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body,
    }
    return await call('/fhir', init)
  }
  const read = { request: { method: 'GET', url: 'Organization/nobody' } }
  const reads = Array.from({ length: 60 }, () => read)
  const nurse = await signIn('amina')
  const { entry } = await (await send(nurse, 'batch', reads)).json()
  const statuses: string[] = entry.map(
    (each: { response: { status: string } }) => each.response.status,
  )
  expect(statuses.filter((each) => each === '404').length).toBeGreaterThanOrEqual(29)
  expect(statuses.filter((each) => each === '429').length).toBeGreaterThan(0)
  expect(entry.at(-1).response.outcome.issue[0].code).toBe('throttled')
  // a transaction runs whole, and the caller’s next requests wait for it
  const doctor = await signIn('patel')
  const searches = Array.from({ length: 60 }, () => ({
    request: { method: 'GET', url: 'Organization?_count=1' },
  }))
  expect((await send(doctor, 'transaction', searches)).status).toBe(200)
  const next = await call('/fhir/metadata', { headers: doctor })
  expect(next.status).toBe(429)
  expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(1)
})

test('two imports of a caller run at a time, three in all, and other requests are answered', async () => {
  const { call, signIn, sql } = await started()
  const [admin, nurse] = [await signIn('admin'), await signIn('amina')]
  const importPatient = (headers: HeadersInit, id: string) =>
    call('/fhir/$import', {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Patient', id, name: [{ family: 'Hill' }] }),
    })
  const stopped = async () => {
    const { rows } = await sql.query<{ many: number }>(
      `select count(distinct pid)::int as many from pg_locks where not granted and relation = 'resource'::regclass
       and database = (select oid from pg_database where datname = current_database())`,
    )
    return rows[0]?.many
  }
  let coming: Promise<readonly Response[]> = Promise.resolve([])
  // no write can go on until this transaction ends
  await sql.transaction(async (tx) => {
    await tx.script('lock table resource in share mode')
    const first = [importPatient(admin, 'a'), importPatient(admin, 'b'), importPatient(admin, 'c')]
    await expect.poll(stopped).toBe(2)
    const second = [importPatient(nurse, 'd'), importPatient(nurse, 'e')]
    await expect.poll(stopped).toBe(3)
    expect((await call('/fhir/Organization/nobody', { headers: admin })).status).toBe(404)
    expect(await stopped()).toBe(3)
    coming = Promise.all([...first, ...second])
  })
  expect((await coming).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
})

test('ten imports of one caller may wait, and the next gets 429', async () => {
  const { call, signIn, sql } = await started({ GABLE_CALLS_EACH: '20' })
  const admin = await signIn('admin')
  const importPatient = (id: string) =>
    call('/fhir/$import', {
      method: 'POST',
      headers: { ...admin, 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Patient', id, name: [{ family: 'Hill' }] }),
    })
  let coming: Promise<Response>[] = []
  await sql.transaction(async (tx) => {
    await tx.script('lock table resource in share mode')
    coming = Array.from({ length: 13 }, (_, at) => importPatient(`p-${at}`))
    const refused = await Promise.race(coming)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  })
  const statuses = (await Promise.all(coming)).map(({ status }) => status)
  expect(statuses.filter((each) => each === 200)).toHaveLength(12)
})

test('a caller with many requests does not take all database connections', async () => {
  const { sql } = await started()
  const reach = (practitioner: string) =>
    sql.as({ role: 'gable_staff', organisation: '', practitioner, rooms: '', at: '' })
  const ended: string[] = []
  const held = Array.from({ length: 12 }, () =>
    reach('greedy')
      .query('select pg_sleep(0.3)')
      .then(() => ended.push('greedy')),
  )
  await reach('modest')
    .query('select 1')
    .then(() => ended.push('modest'))
  expect(ended).toEqual(['modest'])
  await Promise.all(held)
})

test('a database that does not answer makes the service not ready but alive', async () => {
  const { call } = await started({}, () => Promise.reject(new Error('away')))
  expect((await call('/ready')).status).toBe(503)
  expect((await call('/health')).status).toBe(200)
})

test('internal errors are reported to the operator without the text of a record', async () => {
  const { call, signIn, sql, failures } = await started()
  const headers = await signIn()
  await sql.script('alter table resource rename to resource_away')
  expect((await call('/fhir/Patient?name=Grace', { headers })).status).toBe(500)
  expect(failures).toHaveLength(1)
  expect(traceOf(failures[0])).toMatchObject({ kind: 'error', code: '42P01' })
  expect(JSON.stringify(traceOf(failures[0]))).not.toContain('resource"')
})

test('a request that takes too long is answered with 503', async () => {
  const { call, signIn, sql } = await started({ GABLE_CALL_SECONDS: '1' })
  const headers = await signIn()
  const held = sql.transaction(async (tx) => {
    await tx.script('lock table resource in access exclusive mode')
    const answer = await call('/fhir/Patient', { headers })
    expect(await outcomeOf(answer)).toMatchObject({ status: 503, code: 'timeout' })
  })
  await held
})

test.each([
  ['headers without an end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
  ['requests that are not HTTP', 'EHLO gable\r\n\r\n', '400'],
])('%s get an OperationOutcome', async (_what, text, status) => {
  const { port } = await started()
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  let answer = ''
  for await (const part of socket) answer += String(part)
  expect(answer).toContain(`HTTP/1.1 ${status} `)
  expect(answer).toContain('"resourceType":"OperationOutcome"')
})

test('behind a proxy links use the public origin', async () => {
  const { call, signIn } = await started({ GABLE_DEMO: '0', GABLE_ORIGIN: 'https://gable.example' })
  const headers = await signIn()
  const bundle = await (await call('/fhir/Patient', { headers })).json()
  expect(JSON.stringify(bundle.link)).toContain('https://gable.example/fhir/Patient')
})

test('each request has an id and a log line without names', async () => {
  const { call, signIn, lines } = await started()
  const headers = await signIn()
  const answer = await call('/fhir/Patient/okafor-grace?name=Grace', { headers })
  await call('/fhir/grace-okafor/999', { headers })
  const id = answer.headers.get('x-request-id')
  expect(id).toMatch(/^[\w-]{36}$/)
  await expect.poll(() => lines.length).toBe(3)
  expect(lines[1]).toMatchObject({
    ...{ event: 'request', id, method: 'GET', path: '/fhir/Patient/:id', status: 404 },
  })
  expect(JSON.stringify(lines)).not.toMatch(/grace|okafor|amina/i)
})
