import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { chromiumFlags, chromiumProgram } from '../support/chromium.ts'
import { test } from '../support/device.ts'
import { openApp, readTask, saveTask, signIn } from './record-calls.ts'

type Killable = Readonly<{ browser: Browser; page: Page; kill: () => Promise<void> }>

/** A separate browser process that can be killed, as in a crash or when the battery is empty. */
async function startBrowser(folder: string): Promise<Killable> {
  const program = chromiumProgram ?? chromium.executablePath()
  await rm(join(folder, 'DevToolsActivePort'), { force: true })
  const child = spawn(
    program,
    [
      '--headless',
      ...chromiumFlags,
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      'about:blank',
    ],
    { stdio: 'ignore', detached: true },
  )
  const port = await portIn(folder)
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const [context] = browser.contexts()
  if (!context) throw new Error('The browser has no context')
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    // kill the whole process group at once, so that nothing can write any more
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
    await gone
  }
  return { browser, page: await context.newPage(), kill }
}

async function portIn(folder: string): Promise<string> {
  let port = ''
  await expect(async () => {
    port = (await readFile(join(folder, 'DevToolsActivePort'), 'utf8')).split('\n')[0] ?? ''
    expect(port).not.toBe('')
  }).toPass({ timeout: 20_000 })
  return port
}

test('A browser killed right after an acknowledged save has lost nothing', async ({ baseURL }) => {
  test.setTimeout(180_000)
  const folder = await mkdtemp(join(tmpdir(), 'gable-kill-'))
  const started: Killable[] = []
  try {
    const acknowledged: string[] = []
    for (const round of [1, 2, 3]) {
      const browser = await startBrowser(folder)
      started.push(browser)
      const { page, kill } = browser
      await openApp(page, baseURL)
      const token = await signIn(page)
      for (const id of acknowledged) {
        expect(await readTask(page, token, id)).toMatchObject({ status: 200, text: `Task ${id}` })
      }
      for (const number of [1, 2, 3, 4, 5]) {
        const id = `killed-${round}-${number}`
        const answer = await saveTask(page, { token, id, text: `Task ${id}` })
        expect(answer.status).toBe(201)
        acknowledged.push(id)
      }
      await kill()
    }
  } finally {
    for (const { kill } of started) await kill()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
