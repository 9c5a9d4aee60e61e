import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const programs = join(import.meta.dirname, '..', '..', 'server', 'hosts', 'node', 'commands')

/** A command on the team database, in a process of its own. */
export type SpawnedCommand = Readonly<{
  /** resolves when its output contains this, and rejects if it ends before */
  says: (words: string) => Promise<void>
  ended: Promise<Readonly<{ code: number | null; out: string; err: string }>>
  signal: (signal: NodeJS.Signals) => void
}>

/** Starts `import`, `backup`, `restore` or `trail` as npm does. */
export function spawnCommand(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): SpawnedCommand {
  const child = spawn(process.execPath, [join(programs, `${name}-cli.ts`), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }))
  return {
    ended,
    async says(words) {
      while (!err.includes(words)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`It ended and never said "${words}":\n${out}\n${err}`)
        await Promise.race([ended, once(child.stderr, 'data')])
      }
    },
    signal: (signal) => void child.kill(signal),
  }
}
