import {
  inProfile,
  openFirstPage,
  type Site,
  serveApp,
  servePageWithoutData,
  signIn,
  timeToPeople,
} from './browser.ts'
import { median, type Row, row } from './measure.ts'

const rounds = 3

/** Milliseconds from an address to the names one can sign in as, in a new profile and in a reopened browser. */
type Names = Readonly<{ cold: number; warm: number }>
/** The same to the people on Today: signing in at once, and when a signed-in user loads the page again. */
type Starts = Names & Readonly<{ coldToday: number; warmToday: number }>

async function starts(site: Site): Promise<Starts> {
  return await inProfile(async (open) => {
    const first = await open()
    const { page, ms: cold } = await openFirstPage(first, site)
    await signIn(page)
    const coldToday = await timeToPeople(page)
    await first.close()
    const again = await open()
    const { page: reopened, ms: warm } = await openFirstPage(again, site)
    await signIn(reopened)
    await timeToPeople(reopened)
    await reopened.reload()
    const warmToday = await timeToPeople(reopened)
    await again.close()
    return { cold, warm, coldToday, warmToday }
  })
}

/** The same start of a page that has nobody to show. */
async function plainStarts(site: Site): Promise<Names> {
  return await inProfile(async (open) => {
    const first = await open()
    const { ms: cold } = await openFirstPage(first, site)
    await first.close()
    const again = await open()
    const { ms: warm } = await openFirstPage(again, site)
    await again.close()
    return { cold, warm }
  })
}

/**
 * Starts with 5,000 people on the device, compared with the same sign-in page from the same source without a database (the
 * team build, with its list of names returned at once).
 */
export async function measureStarts(built: string): Promise<readonly Row[]> {
  const app = await serveApp(built)
  const page = await servePageWithoutData(built)
  const ours: Starts[] = []
  const plain: Names[] = []
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await starts(app))
    plain.push(await plainStarts(page))
  }
  app.close()
  page.close()
  const startRow = (what: string, kind: keyof Starts, beside: keyof Names) =>
    row({
      ...{ what, on: 'Chromium', unit: 'ms', plain: 'the sign-in page without data' },
      value: median(ours.map((each) => each[kind])),
      plainValue: median(plain.map((each) => each[beside])),
    })
  return [
    startRow('sign-in page, first start ever', 'cold', 'cold'),
    startRow('sign-in page, reopened browser', 'warm', 'warm'),
    startRow('Today, first start ever: fetches and opens 5,000 people', 'coldToday', 'cold'),
    startRow('Today, loaded again by a signed-in user', 'warmToday', 'warm'),
  ]
}
