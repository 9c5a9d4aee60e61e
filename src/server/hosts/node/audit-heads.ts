import { createSocket } from 'node:dgram'
import { createReadStream } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { createInterface } from 'node:readline'
import pg from 'pg'
import type { Head, NotedHead } from '#server/audit/verify-hash-chain.ts'
import type { AuditSettings } from './audit-settings.ts'

/** A place to which the head of the audit log is sent whenever a block is closed. */
type Place = Readonly<{
  name: string
  send: (head: Head) => Promise<void>
  close: () => Promise<void>
}>

export type AuditHeads = Readonly<{
  /** sends to every place at once; never rejects */
  send: (head: Head) => Promise<void>
  close: () => Promise<void>
}>

const tooLongMs = 5_000

/**
 * Sends heads to places that the database's administrators do not control. `onFailure` is called once each time a place
 * stops answering.
 */
export function openAuditHeads(
  places: AuditSettings,
  onFailure: (place: string) => void,
): AuditHeads {
  const open = [
    ...(places.file ? [filePlace(places.file)] : []),
    ...(places.syslog ? [syslogPlace(places.syslog)] : []),
    ...(places.database ? [databasePlace(places.database)] : []),
  ]
  const silent = new Set<string>()
  const sendTo = async ({ name, send }: Place, head: Head) => {
    try {
      await send(head)
      silent.delete(name)
    } catch {
      if (!silent.has(name)) onFailure(name)
      silent.add(name)
    }
  }
  return {
    async send(head) {
      await Promise.all(open.map((each) => sendTo(each, head)))
    },
    async close() {
      await Promise.all(open.map((each) => each.close().catch(() => undefined)))
    },
  }
}

const nothingToClose = async () => undefined

function filePlace(path: string): Place {
  const send = ({ number, hash }: Head) =>
    appendFile(path, `${JSON.stringify({ at: new Date().toISOString(), block: number, hash })}\n`)
  return { name: 'file', send, close: nothingToClose }
}

/** RFC 5424: facility 13 (log audit), severity 5 (notice). */
function syslogLine({ number, hash }: Head): string {
  const head = `<109>1 ${new Date().toISOString()} ${hostname()} gable ${process.pid} trail-head`
  return `${head} [gable@32473 block="${number}" hash="${hash}"] trail head ${number}:${hash}`
}

function syslogPlace({ protocol, hostname: host, port }: URL): Place {
  const name = host.replace(/^\[|\]$/g, '')
  return protocol === 'udp:' ? byUdp(name, Number(port || 514)) : byTcp(name, Number(port || 601))
}

function byUdp(host: string, port: number): Place {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.unref()
  socket.on('error', () => undefined)
  const send = (head: Head) =>
    new Promise<void>((resolve, reject) => {
      socket.send(syslogLine(head), port, host, (cause) => (cause ? reject(cause) : resolve()))
    })
  return { name: 'syslog', send, close: async () => void socket.close() }
}

/** One connection that stays open, each message with its length before it (RFC 6587). */
function byTcp(host: string, port: number): Place {
  let line: Socket | undefined
  const opened = async () => {
    if (line?.writable) return line
    const socket = connect({ host, port })
    socket.on('error', () => undefined)
    await new Promise<void>((resolve, reject) => {
      socket.setTimeout(tooLongMs, () => socket.destroy(new Error('No answer')))
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    socket.setTimeout(0)
    socket.unref()
    line = socket
    return socket
  }
  const send = async (head: Head) => {
    const text = syslogLine(head)
    const socket = await opened()
    await new Promise<void>((resolve, reject) => {
      socket.write(`${Buffer.byteLength(text)} ${text}`, (cause) =>
        cause ? reject(cause) : resolve(),
      )
    })
  }
  return { name: 'syslog', send, close: async () => void line?.destroy() }
}

const table = `create table if not exists gable_trail_head (
  number bigint not null, hash text not null, at timestamptz not null default clock_timestamp(), primary key (number, hash))`

/** The login there needs to create the table once, then only INSERT and SELECT. */
function databasePlace(url: string): Place {
  const pool = secondPool(url)
  let isMade = false
  const send = async ({ number, hash }: Head) => {
    if (!isMade) await pool.query(table)
    isMade = true
    await pool.query(
      'insert into gable_trail_head (number, hash) values ($1, $2) on conflict do nothing',
      [number, hash],
    )
  }
  return { name: 'database', send, close: () => pool.end() }
}

function secondPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: tooLongMs })
  pool.on('error', () => undefined)
  return pool
}

/** What was sent to the places that can be read, for the check. A missing file holds nothing. */
export function notedAuditHeads({ file, database }: AuditSettings): readonly NotedHead[] {
  return [
    ...(file ? [{ where: file, heads: headsInFile(file) }] : []),
    ...(database ? [{ where: 'the second database', heads: headsInDatabase(database) }] : []),
  ]
}

const atOnce = 1_000

async function* headsInFile(path: string): AsyncGenerator<readonly Head[]> {
  let some: Head[] = []
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const head = headIn(line)
      if (head) some.push(head)
      if (some.length < atOnce) continue
      yield some
      some = []
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  }
  if (some.length > 0) yield some
}

/** A line may be incomplete if the machine crashed. */
function headIn(line: string): Head | undefined {
  const [, number, hash] = /"block":(\d{1,15}),"hash":"([0-9a-f]{64})"/.exec(line) ?? []
  return number && hash ? { number: Number(number), hash } : undefined
}

async function* headsInDatabase(url: string): AsyncGenerator<readonly Head[]> {
  const pool = secondPool(url)
  try {
    await pool.query(table)
    for (let after = { number: '-1', hash: '' }; ; ) {
      const { rows } = await pool.query<{ number: string; hash: string }>(
        `select number, hash from gable_trail_head where (number, hash) > ($1::bigint, $2)
         order by number, hash limit ${atOnce}`,
        [after.number, after.hash],
      )
      const last = rows.at(-1)
      if (!last) return
      yield rows.map(({ number, hash }) => ({ number: Number(number), hash }))
      after = last
    }
  } finally {
    await pool.end()
  }
}
