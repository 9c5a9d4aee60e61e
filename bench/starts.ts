import { inProfile, openFirstPage, type Site, serveApp, servePageWithoutData } from './browser.ts'
import { median, type Row, row } from './measure.ts'

const rounds = 3

type Starts = Readonly<{ cold: number; warm: number }>

/** In a new profile: the very first start, and one after the browser was closed and opened again. */
async function starts(site: Site): Promise<Starts> {
  return await inProfile(async (open) => {
    const times: number[] = []
    for (const _ of ['cold', 'warm']) {
      const browser = await open()
      times.push((await openFirstPage(browser, site)).ms)
      await browser.close()
    }
    const [cold = Number.NaN, warm = Number.NaN] = times
    return { cold, warm }
  })
}

/**
 * From the address to the names one can sign in as, all people of the practice copy at hand; against the same page of the
 * same source without a database (the team build, its list of names answered at once).
 */
export async function measureStarts(built: string): Promise<readonly Row[]> {
  const app = await serveApp(built)
  const page = await servePageWithoutData(built)
  const ours: Starts[] = []
  const plain: Starts[] = []
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await starts(app))
    plain.push(await starts(page))
  }
  app.close()
  page.close()
  return (['cold', 'warm'] as const).map((kind) =>
    row({
      what:
        kind === 'cold'
          ? 'first start ever: fetches and opens 5,000 people'
          : 'start in a reopened browser',
      on: 'Chromium',
      unit: 'ms',
      value: median(ours.map((each) => each[kind])),
      plain: 'the page without data',
      plainValue: median(plain.map((each) => each[kind])),
    }),
  )
}
