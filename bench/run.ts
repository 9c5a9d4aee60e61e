import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  type Api,
  measureOpeningPlan,
  measurePageSave,
  measureReads,
  measureRowSecurity,
  measureSave,
  measureWorklist,
  openApi,
} from './api.ts'
import { measureCaseload } from './caseload.ts'
import { measureComparing } from './comparing.ts'
import { measureCrowd } from './crowd.ts'
import { type Ground, openPglite, openPostgres } from './databases.ts'
import { measureFullImport, measureGrowth } from './density.ts'
import { keepHistory } from './history.ts'
import { measureInTheApp } from './in-the-app.ts'
import { measureLarge } from './large.ts'
import { load, measureImport, next, personByPerson } from './loading.ts'
import { asTable, overLimit, type Row } from './measure.ts'
import { layOutPlain } from './plain.ts'
import { measurePlan } from './plan.ts'
import { measureSearches } from './searches.ts'
import { measureStarts } from './starts.ts'
import { measureWeight } from './weight.ts'

/**
 * `npm run bench`: times, each beside a plain baseline in the same run; only the ratios can be compared between
 * machines. `--people 5000` leaves out the large worklist, `--only api`, `--only searches`, `--only caseload`, `--only plan`, `--only density`,
 * `--only team` or `--only browser` the other parts; `--soak 10` watches the team server's memory for ten minutes more.
 * `--only density` grows to 8,000 people of thin and 100 of full density, or to `--thin 64000` and `--full 4000`.
 * `--only large --kept FOLDER` loads a population of the size of `--thin` or `--full` once, and keeps it there: how long calls take in it.
 */
const { values: asked } = parseArgs({
  options: {
    people: { type: 'string', default: '50000' },
    only: { type: 'string' },
    built: { type: 'string', default: '.' },
    soak: { type: 'string', default: '0' },
    thin: { type: 'string', default: '8000' },
    full: { type: 'string', default: '100' },
    kept: { type: 'string', default: 'bench/kept' },
  },
})
const most = Number(asked.people)
const usual = Math.min(5_000, most)
const imported = Math.min(1_000, usual)
const rows: Row[] = []
const began = performance.now()

function say(text: string): void {
  const seconds = ((performance.now() - began) / 1_000).toFixed(0).padStart(4)
  process.stderr.write(`${seconds} s  ${text}\n`)
}

/** Written as they are measured: a later failure loses none of them. */
function keep(...some: readonly Row[]): void {
  rows.push(...some)
  const seconds = Math.round((performance.now() - began) / 1_000)
  writeFileSync('bench/results.json', `${JSON.stringify({ seconds, rows }, null, 2)}\n`)
  for (const each of some) say(`${each.what}, ${each.on}: ${each.ratio} ×`)
}

async function measureTeam(ground: Ground, api: Api): Promise<void> {
  keep(...(await measureRowSecurity(api)))
  say('The team server, 50 users at once')
  keep(...(await measureCrowd(ground, Number(asked.soak))))
}

async function measureOn(ground: Ground, people: number): Promise<void> {
  await layOutPlain(ground.sql)
  const api = await openApi(ground)
  const stream = personByPerson(people)
  await load(api, next(stream, 2))
  say(`${ground.name}: importing ${imported} people`)
  if (asked.only === 'team') {
    await fill(api, stream, people - 2)
    return await measureTeam(ground, api)
  }
  keep(await measureImport(api, next(stream, imported)))
  await fill(api, stream, usual - imported)
  keep(...(await measureReads(api)))
  keep(await measureOpeningPlan(api))
  keep(await measureSave(api))
  keep(await measurePageSave(api))
  keep(...(await measureWorklist(api, usual)))
  if (people > usual) {
    await fill(api, stream, people - usual)
    keep(...(await measureWorklist(api, people)))
  }
  if (ground.url) await measureTeam(ground, api)
}

async function fill(api: Api, stream: ReturnType<typeof personByPerson>, people: number) {
  const step = 2_500
  for (let done = 0; done < people; done += step) {
    await load(api, next(stream, Math.min(step, people - done)))
    say(`${api.ground.name}: ${Math.min(people, done + step)} of ${people} more people loaded`)
  }
  await api.ground.sql.script('analyze')
}

async function measureApi(): Promise<void> {
  const grounds = [
    [openPglite, usual],
    [openPostgres, most],
  ] as const
  for (const [open, people] of asked.only === 'team' ? grounds.slice(1) : grounds) {
    const ground = await open()
    try {
      await measureOn(ground, people)
    } finally {
      await ground.close()
    }
  }
}

async function measureSearching(): Promise<void> {
  const ground = await openPostgres()
  try {
    say(`${ground.name}: searches among 500 and ${usual} people`)
    keep(...(await measureSearches(ground, usual)))
  } finally {
    await ground.close()
  }
}

async function measureCaseloads(): Promise<void> {
  for (const open of [openPglite, openPostgres])
    await on(open, async (ground) => keep(...(await measureCaseload(ground))))
}

async function measurePlans(): Promise<void> {
  keep(...(await measureComparing()))
  for (const open of [openPglite, openPostgres]) {
    const ground = await open()
    try {
      say(`${ground.name}: opening a large plan`)
      keep(...(await measurePlan(ground)))
    } finally {
      await ground.close()
    }
  }
}

/** How calls grow with people who have few records or a thousand each; import and storage at full density. */
async function measureDensities(): Promise<void> {
  const [thin, full] = [Number(asked.thin), Number(asked.full)]
  for (const open of [openPglite, openPostgres])
    await on(open, async (ground) => keep(...(await measureFullImport(ground, 20))))
  const sizes = [
    { density: 'thin', from: 1_000, to: thin, say },
    { density: 'full', from: Math.round(full / 4), to: full, say },
  ] as const
  for (const each of sizes)
    if (each.to > each.from)
      await on(openPostgres, async (ground) => keep(...(await measureGrowth(ground, each))))
}

/** Very many people in turns with few; of both densities unless one is `0`. */
async function measureLargest(): Promise<void> {
  const { thin, full, kept } = asked
  const sizes = [
    { density: 'thin', from: 1_000, to: Number(thin) },
    { density: 'full', from: Math.round(Number(full) / 4), to: Number(full) },
  ] as const
  for (const each of sizes)
    if (each.to > each.from) keep(...(await measureLarge({ ...each, kept, say })))
}

async function on(open: () => Promise<Ground>, work: (ground: Ground) => Promise<void>) {
  const ground = await open()
  try {
    await work(ground)
  } finally {
    await ground.close()
  }
}

async function measureBrowser(): Promise<void> {
  const { built } = asked
  say('Chromium: starting the app, three times cold and warm')
  keep(...(await measureStarts(built)))
  keep(...(await measureInTheApp(built)))
  keep(...(await measureWeight(built)))
}

try {
  if (['api', 'team', undefined].includes(asked.only)) await measureApi()
  if (['api', 'searches', undefined].includes(asked.only)) await measureSearching()
  if (['api', 'caseload', undefined].includes(asked.only)) await measureCaseloads()
  if (['api', 'plan', undefined].includes(asked.only)) await measurePlans()
  if (['api', 'density', undefined].includes(asked.only)) await measureDensities()
  if (asked.only === 'large') await measureLargest()
  if (['browser', undefined].includes(asked.only)) await measureBrowser()
} finally {
  process.stdout.write(`${asTable(rows)}\n`)
  // of one size of machine and one kept population: no version is compared by it
  if (rows.length > 0 && asked.only !== 'large') process.stdout.write(`${keepHistory(rows)}\n`)
}
const broken = overLimit(rows)
for (const each of broken) process.stderr.write(`${each}\n`)
say('done')
process.exit(broken.length > 0 ? 1 : 0)
