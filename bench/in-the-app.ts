import type { Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { inProfile, openFirstPage, serveApp, signIn } from './browser.ts'
import { median, type Row, row } from './measure.ts'

type Times = Readonly<{ ours: readonly number[]; plain: readonly number[] }>

/** What a nurse waits for in the browser itself, through the service worker to the database of this device. */
export async function measureInTheApp(built: string): Promise<readonly Row[]> {
  const site = await serveApp(built)
  try {
    return await inProfile(async (open) => {
      const browser = await open()
      const { page } = await openFirstPage(browser, site)
      await signIn(page)
      const opened = await plansOpened(page)
      const rows = [
        rowOf('opening a plan, from click to house', 'its records already loaded', opened),
        rowOf(
          'from click to house, its records at hand',
          'from click to a page that asks for nothing',
          { ours: opened.plain, plain: await emptyPagesOpened(page) },
        ),
        rowOf(
          'saving a goal, flushed to this device',
          'a call that reads no record',
          await goalsSaved(page),
        ),
      ]
      await browser.close()
      return rows
    })
  } finally {
    site.close()
  }
}

function rowOf(what: string, plain: string, times: Times): Row {
  const [value, plainValue] = [median(times.ours), median(times.plain)]
  return row({ what, on: 'Chromium', unit: 'ms', value, plain, plainValue })
}

/** Opens the plans of several people, each twice: the second time nothing has to be loaded. */
async function plansOpened(page: Page): Promise<Times> {
  const people = await page.evaluate(async () => {
    const { token } = JSON.parse(sessionStorage.getItem('gable-session') ?? '{}') as {
      token: string
    }
    const headers = { Authorization: `Bearer ${token}` }
    const answer = await window.fetch('/fhir/CarePlan?_count=12', { headers })
    const bundle = (await answer.json()) as {
      entry: { resource: { subject: { reference: string } } }[]
    }
    return bundle.entry.map((each) => each.resource.subject.reference.slice('Patient/'.length))
  })
  const [first = graceId, ...rest] = new Set(people)
  await timeToHouse(page, first)
  const ours: number[] = []
  const plain: number[] = []
  for (const person of rest) {
    ours.push(await timeToHouse(page, person))
    plain.push(await timeToHouse(page, person))
  }
  return { ours, plain }
}

async function timeToHouse(page: Page, person: string): Promise<number> {
  await goTo(page, '/today')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.gable-house').waitFor({ state: 'detached' })
  return await timeTo(page, `/people/${person}/plan`, '.gable-house')
}

/** What the app needs for a change of page that shows next to nothing. */
async function emptyPagesOpened(page: Page): Promise<readonly number[]> {
  const times: number[] = []
  for (let turn = 0; turn < 12; turn += 1) {
    await goTo(page, '/today')
    await page.locator('.today-row').first().waitFor()
    times.push(await timeTo(page, '/waiting', 'main .gable-missing'))
  }
  return times
}

/** Milliseconds from the click until this is drawn. */
async function timeTo(page: Page, path: string, drawn: string): Promise<number> {
  const start = await goTo(page, path)
  return await page.evaluate(
    async ([from, sign]) => {
      while (!document.querySelector(sign)) await new Promise(requestAnimationFrame)
      return performance.now() - from
    },
    [start, drawn] as const,
  )
}

async function goTo(page: Page, path: string): Promise<number> {
  return await page.evaluate((address) => {
    history.pushState({}, '', address)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
    return performance.now()
  }, path)
}

/** Writes one goal again and again; each is acknowledged only when it is on disk. */
async function goalsSaved(page: Page): Promise<Times> {
  return await page.evaluate(async (person) => {
    const { token } = JSON.parse(sessionStorage.getItem('gable-session') ?? '{}') as {
      token: string
    }
    const ask = async (path: string, init: RequestInit = {}) => {
      const headers = { Authorization: `Bearer ${token}`, ...init.headers }
      const start = performance.now()
      const body = (await (await window.fetch(path, { ...init, headers })).json()) as unknown
      return { ms: performance.now() - start, body }
    }
    type Goal = { id: string; meta: { versionId: string } }
    const found = await ask(`/fhir/Goal?patient=Patient/${person}`)
    let goal = (found.body as { entry: { resource: Goal }[] }).entry[0]?.resource as Goal
    const times: { ours: number[]; plain: number[] } = { ours: [], plain: [] }
    for (let turn = 0; turn < 25; turn += 1) {
      const saved = await ask(`/fhir/Goal/${goal.id}`, {
        method: 'PUT',
        headers: {
          'Content-Type': 'application/fhir+json',
          'If-Match': `W/"${goal.meta.versionId}"`,
        },
        body: JSON.stringify({ ...goal, description: { text: `Turn ${turn}` } }),
      })
      goal = saved.body as Goal
      times.ours.push(saved.ms)
      times.plain.push((await ask('/auth/demo')).ms)
    }
    return times
  }, graceId)
}
