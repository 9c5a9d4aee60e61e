import { existsSync } from 'node:fs'
import { chmod, mkdir, realpath, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { DatabaseFault } from './database-messages.ts'
import { embeddedPostgres } from './embedded-postgres.ts'
import { freePort } from './free-port.ts'
import {
  addressAt,
  asSuperuser,
  keeper,
  makeLocalPostgresLogin,
  password,
} from './local-postgres-login.ts'
import {
  endPostmaster,
  noteIn,
  type Postmaster,
  postmasterIn,
  type Started,
  startPostmaster,
} from './postmaster.ts'

/** `stop`: for a user who no longer needs it; the last one to leave stops it. */
type Running = Readonly<{ url: string; stop: () => Promise<void> }>

/** Shared by everyone who uses the server, and exclusive for the process that stops it. */
const inUse = 7_128_314
const making = 7_128_315
const patienceMs = 60_000

/**
 * A real PostgreSQL from npm in a folder of its own, created on first use; listens on this machine only. If one runs
 * there already, for a server or another command, it is used too. Gable signs in without superuser rights, set up by
 * the same script as for a service (`deploy/database.sql`). `onLost`: it has stopped, although we use it.
 */
export async function openLocalPostgres(
  folder: string,
  onLost: () => void = () => undefined,
): Promise<Running> {
  const directory = join(folder, 'postgres')
  await mkdir(folder, { recursive: true })
  // as root PostgreSQL runs as its own user, who must be able to enter the folder
  if (process.getuid?.() === 0) await chmod(folder, 0o755)
  const place = await takePlace(directory).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EACCES' && cause.code !== 'EPERM') throw cause
    throw new DatabaseFault(
      `its files in ${folder} belong to another user: run this as the user who runs Gable`,
    )
  })
  const stay = keepPlace(directory, place, onLost)
  try {
    const { isOlder, postmaster } = place
    if (!isOlder) await makeInTurn(place)
    const url = addressAt(postmaster.port, 'gable', isOlder ? 'postgres' : 'gable')
    return { url, stop: stay.leave }
  } catch (cause) {
    await stay.leave()
    throw cause
  }
}

type Place = Readonly<{ postmaster: Postmaster; client: pg.Client; isOlder: boolean }>

/** Joins a running one, otherwise starts it: if several start it at once PostgreSQL lets one do so. */
async function takePlace(directory: string): Promise<Place> {
  let started: Started | undefined
  for (const began = performance.now(); ; await sleep(100)) {
    const place = await placeIn(directory)
    if (place) return place
    await makeFiles(directory)
    started = await startedAgain(directory, started)
    if (performance.now() - began > patienceMs) throw await silence(directory)
  }
}

async function startedAgain(directory: string, before: Started | undefined): Promise<Started> {
  const said = before?.saidLast()
  if (before && said === undefined) return before
  if (said && !isTakenFor(said)) throw new DatabaseFault(`PostgreSQL says: ${said}`)
  return await startPostmaster(directory, await freePort())
}

/** What PostgreSQL says if another is still there, or has just taken the port. */
const isTakenFor = (said: string): boolean =>
  /postmaster\.pid|shared memory block|could not create any TCP\/IP sockets/.test(said)

async function silence(directory: string): Promise<Error> {
  const pid = (await postmasterIn(directory))?.pid
  return new DatabaseFault(
    `process ${pid} is named in ${noteIn(directory)} and does not answer. If it is not PostgreSQL, remove this file; if it is, stop it, and try again`,
  )
}

/** Undefined while nothing answers there for this folder, or the server there is about to stop. */
async function placeIn(directory: string): Promise<Place | undefined> {
  const postmaster = await postmasterIn(directory)
  if (!postmaster) return undefined
  // the file may be old, and its port may belong to any program
  const found = await asSuperuser(postmaster.port).catch(() => undefined)
  if (!found) return undefined
  if (await mayStay(found.client, directory).catch(() => false)) return { postmaster, ...found }
  await found.client.end()
  return undefined
}

/** It belongs to that folder, and nobody is about to stop it. */
async function mayStay(client: pg.Client, directory: string): Promise<boolean> {
  const { rows } = await client.query<{ at: string }>(
    `select current_setting('data_directory') as at`,
  )
  const at = await realpath(rows[0]?.at ?? '').catch(() => undefined)
  if (at !== (await realpath(directory))) return false
  const answer = await client.query<{ free: boolean }>(
    'select pg_try_advisory_lock_shared($1) as free',
    [inUse],
  )
  return answer.rows[0]?.free === true
}

/**
 * Creates the files beside their place and then moves them there: completely or not at all, and only the first of
 * several does.
 */
async function makeFiles(directory: string): Promise<void> {
  if (existsSync(join(directory, 'PG_VERSION'))) return
  const fresh = `${directory}.new-${process.pid}`
  const EmbeddedPostgres = await embeddedPostgres()
  const recent: string[] = []
  const server = new EmbeddedPostgres({
    ...{ databaseDir: fresh, user: keeper, password },
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: (line) => recent.push(line),
    onError: (line) => recent.push(String(line)),
  })
  try {
    await rm(fresh, { recursive: true, force: true })
    await server.initialise()
    await rename(fresh, directory)
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true })
    if (existsSync(join(directory, 'PG_VERSION'))) return
    throw new DatabaseFault(`PostgreSQL could not create its files: ${recent.join('').trim()}`, {
      cause,
    })
  }
}

/** One after the other: two that create a login at once both fail. */
async function makeInTurn({ client, postmaster }: Place): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [making])
  try {
    await makeLocalPostgresLogin(postmaster.port)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [making])
  }
}

/** Holds the place as long as we use it, even if PostgreSQL itself restarts after an error. */
function keepPlace(directory: string, { postmaster, client }: Place, onLost: () => void) {
  let isLeaving = false
  let held: pg.Client | undefined
  const hold = (by: pg.Client) => {
    held = by
    by.once('end', () => {
      held = undefined
      if (!isLeaving) void again()
    })
  }
  hold(client)

  async function again(): Promise<void> {
    for (let attempt = 0; attempt < 20 && !isLeaving; attempt++) {
      const place = await placeIn(directory).catch(() => undefined)
      if (place?.postmaster.pid === postmaster.pid) return hold(place.client)
      await place?.client.end()
      await sleep(250)
    }
    if (!isLeaving) onLost()
  }

  return {
    async leave(): Promise<void> {
      isLeaving = true
      if (await isLastTo(held)) await endPostmaster(directory, postmaster)
      await held?.end().catch(() => undefined)
    },
  }
}

async function isLastTo(client: pg.Client | undefined): Promise<boolean> {
  try {
    await client?.query('select pg_advisory_unlock_shared($1)', [inUse])
    const answer = await client?.query<{ free: boolean }>(
      'select pg_try_advisory_lock($1) as free',
      [inUse],
    )
    return answer?.rows[0]?.free === true
  } catch {
    return false
  }
}
