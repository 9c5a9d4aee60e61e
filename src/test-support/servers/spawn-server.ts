import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const program = join(import.meta.dirname, '..', '..', 'server', 'hosts', 'node', 'server.ts')

/** A process of `npm run serve`: where it listens, its log so far, and two ways to end it. */
export type SpawnedServer = Readonly<{
  url: string
  log: readonly Readonly<Record<string, unknown>>[]
  /** ends it like a power cut */
  kill: () => Promise<void>
  /** asks it to stop, like a service manager */
  stop: () => Promise<void>
}>

/** Starts the server in a folder, with additional environment; resolves when it listens, rejects if it ends before. */
export async function spawnServer(
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<SpawnedServer> {
  const child = spawn(process.execPath, [program], {
    cwd,
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: Record<string, unknown>[] = []
  const url = await listening(child, log)
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return { url, log, kill: end('SIGKILL'), stop: end('SIGTERM') }
}

/** Reads the server's log as long as it runs; resolves when it logs its port. */
function listening(child: ChildProcess, log: Record<string, unknown>[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaints = ''
    child.stderr?.on('data', (text) => {
      complaints += text
    })
    child.once('exit', () => reject(new Error(`The server ended:\n${complaints}`)))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>
      log.push(entry)
      if (entry['event'] === 'listening') resolve(`http://localhost:${entry['port']}`)
    })
  })
}
