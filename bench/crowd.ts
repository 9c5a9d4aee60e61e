import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { freePort } from '#server/hosts/node/database/free-port.ts'
import type { Ground } from './databases.ts'
import { type Row, row } from './measure.ts'
import { type Ask, type Done, desksFor, type Kind, workFor, working } from './mix.ts'
import { cpuOf, databaseCpu, memoryOf } from './process-clock.ts'

const users = 50
/** Both in turn, so that the database's background work affects both. */
const turns = 5
const turnSeconds = 5

type Child = ChildProcessByStdio<Writable, Readable, null>

/** Fifty people at once on the real team server over HTTP, beside the same bare SQL statements from as many users. */
export async function measureCrowd(ground: Ground, soakMinutes: number): Promise<readonly Row[]> {
  const server = await startServer(ground)
  const bare = await startBare(ground)
  try {
    const ask = await signedIn(server.port)
    const desks = await desksFor(ask, users)
    const ours = (ms: number, only?: Kind) =>
      workFor(
        ms,
        desks.map((desk) => working(ask, desk, only)),
      )
    const plain = (ms: number, only?: Kind) => bare.run(ms, only)
    const cpu = await databaseCpu(ground)
    const spent = {
      ours: () => cpu() + cpuOf(server.child.pid),
      plain: () => cpu() + cpuOf(bare.child.pid),
    }
    await ours(3_000)
    await plain(3_000)
    const compare = async (only?: Kind): Promise<Both> => {
      const both: { ours: Measured[]; plain: Measured[] } = { ours: [], plain: [] }
      for (let turn = 0; turn < turns; turn += 1) {
        both.ours.push(await measured(() => ours(turnSeconds * 1_000, only), spent.ours))
        both.plain.push(await measured(() => plain(turnSeconds * 1_000, only), spent.plain))
      }
      return [together(both.ours), together(both.plain)]
    }
    const mixed = await compare()
    const rows = [rateRow('50 users at once, 60 % read, 20 % worklist, 20 % update', mixed)]
    for (const kind of ['read', 'worklist', 'update'] as const)
      rows.push(tailRow(`p95 of a ${kind}, 50 users at once`, kind, mixed))
    for (const kind of ['read', 'update'] as const)
      rows.push(rateRow(`50 users at once, ${kind}s alone`, await compare(kind)))
    if (soakMinutes > 0) rows.push(await soak(server.child, soakMinutes, ours))
    return rows
  } finally {
    server.child.kill('SIGTERM')
    bare.child.kill('SIGTERM')
  }
}

type Measured = Readonly<{ done: Done; cpu: number }>
type Both = readonly [ours: Measured, plain: Measured]

async function measured(work: () => Promise<Done>, clock: () => number): Promise<Measured> {
  const before = clock()
  const done = await work()
  return { done, cpu: clock() - before }
}

function together(parts: readonly Measured[]): Measured {
  const sum = (of: (part: Measured) => number) =>
    parts.reduce((before, part) => before + of(part), 0)
  const countOf = (kind: Kind) => sum(({ done }) => done.counts[kind])
  const timesOf = (kind: Kind) => parts.flatMap(({ done }) => done.times[kind])
  const done = {
    counts: { read: countOf('read'), worklist: countOf('worklist'), update: countOf('update') },
    times: { read: timesOf('read'), worklist: timesOf('worklist'), update: timesOf('update') },
    ms: sum((part) => part.done.ms),
  }
  return { done, cpu: sum((part) => part.cpu) }
}

const callsOf = ({ counts }: Done) => counts.read + counts.worklist + counts.update

function rateRow(what: string, [ours, plain]: Both): Row {
  const rate = ({ done }: Measured) => (callsOf(done) / done.ms) * 1_000
  const each = ({ done, cpu }: Measured) => cpu / callsOf(done)
  return row({
    ...{ what, on: 'team server', unit: 'calls/s' as const, plain: 'the same SQL bare' },
    value: rate(ours),
    plainValue: rate(plain),
    cpuRatio: Math.round((each(ours) / each(plain)) * 100) / 100,
  })
}

function tailRow(what: string, kind: Kind, [ours, plain]: Both): Row {
  const tail = ({ done }: Measured) => {
    const sorted = done.times[kind].toSorted((a, b) => a - b)
    return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
  }
  return row({
    ...{ what, on: 'team server', unit: 'ms' as const, plain: 'the same SQL bare' },
    value: tail(ours),
    plainValue: tail(plain),
  })
}

/** Memory of the server after it has worked for a minute, and after the whole time. */
async function soak(
  child: Child,
  minutes: number,
  ours: (ms: number) => Promise<Done>,
): Promise<Row> {
  await ours(60_000)
  const before = memoryOf(child.pid)
  await ours((minutes - 1) * 60_000)
  return row({
    what: `memory after ${minutes} minutes of 50 users`,
    ...{ on: 'team server', unit: 'MB' as const, plain: 'after one minute' },
    value: memoryOf(child.pid),
    plainValue: before,
  })
}

async function startServer(ground: Ground): Promise<Readonly<{ child: Child; port: number }>> {
  const port = await freePort()
  const child = spawn(process.execPath, ['src/server/hosts/node/server.ts'], {
    env: {
      ...process.env,
      ...{ PORT: String(port), DATABASE_URL: ground.url, GABLE_DEMO: '1', GABLE_PEOPLE: '1' },
      ...{ GABLE_RATE: '0', GABLE_RATE_ADDRESS: '0' },
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdout.resume()
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isReady(port)) return { child, port }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The team server did not become ready')
}

const isReady = (port: number) =>
  called({ port, path: '/ready' }).then(
    ({ status }) => status === 200,
    () => false,
  )

async function startBare(ground: Ground) {
  const child = spawn(process.execPath, ['bench/bare-crowd.ts', ground.url, String(users)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.value !== 'ready') throw new Error('The plain crowd did not start')
  return {
    child,
    async run(ms: number, only?: Kind): Promise<Done> {
      child.stdin.write(`${JSON.stringify({ ms, only })}\n`)
      return JSON.parse(String((await lines.next()).value)) as Done
    },
  }
}

type Call = Readonly<{
  port: number
  path: string
  method?: string | undefined
  headers?: Record<string, string> | undefined
  body?: string | undefined
  agent?: Agent
}>

function called({ body, ...call }: Call): Promise<Readonly<{ status: number; text: string }>> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...call, host: '127.0.0.1' }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Calls over kept connections; the time of this process is not counted. */
async function signedIn(port: number): Promise<Ask> {
  const agent = new Agent({ keepAlive: true, maxSockets: users })
  const headers = { 'Content-Type': 'application/json' }
  const begun = await called({
    ...{ port, path: '/auth/demo', method: 'POST', headers, body: '{"as":"amina"}' },
  })
  const { token } = JSON.parse(begun.text) as { token: string }
  return async (path, init = {}) => {
    const own = { ...init.headers, Authorization: `Bearer ${token}` }
    const call = { port, agent, path: `/fhir/${path}`, headers: own }
    const { status, text } = await called({ ...call, method: init.method, body: init.body })
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`)
    return JSON.parse(text)
  }
}
