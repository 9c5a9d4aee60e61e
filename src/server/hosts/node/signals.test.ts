import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { freePort } from './database/free-port.ts'

const isUp = async (port: number) =>
  await fetch(`http://localhost:${port}/`).then(
    () => true,
    () => false,
  )

test.each([
  ['npm', ['run', 'dev', '--']],
  ['node', ['scripts/ready.mjs', 'dev']],
])('SIGTERM to %s ends the server behind it', { timeout: 60_000 }, async (command, args) => {
  const port = await freePort()
  const serverProcess = spawn(command, [...args, '--port', `${port}`, '--strictPort'], {
    stdio: 'ignore',
  })
  await expect.poll(() => isUp(port), { timeout: 40_000 }).toBe(true)
  serverProcess.kill('SIGTERM')
  await expect.poll(() => isUp(port), { timeout: 10_000 }).toBe(false)
})
