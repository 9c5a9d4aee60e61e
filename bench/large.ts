import { join } from 'node:path'
import { useSession } from '#client/session/session.ts'
import type { Density } from '#demo-data/person-records.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { createStore } from '#server/store/create-store.ts'
import { type Api, openApi } from './api.ts'
import { type Ground, openPostgres } from './databases.ts'
import { asked, clockOf, type GrowingCall, growingCalls, workOutWhatIsLeft } from './density.ts'
import { chunksOf, personByPerson } from './loading.ts'
import { type CpuClock, percentile, type Row, row, timed } from './measure.ts'

type Say = (text: string) => void
type Sizes = Readonly<{
  density: Density
  from: number
  to: number
  /** the folder where both populations are kept, to be measured again */
  kept: string
  say: Say
}>

type Call = Pick<GrowingCall, 'what' | 'ask'>

/** The list with other filters; each has a whole page at every size. */
const filters: Readonly<Record<string, readonly object[]>> = {
  'without a filter': [],
  'of one condition': [{ name: 'condition', valueString: 'Type 2 diabetes' }],
  'of one stage of life': [{ name: 'segment', valueCode: 'long-term' }],
  'by chance': [{ name: 'order', valueCode: 'chance' }],
  'from 80 years of age': [{ name: 'ageFrom', valueInteger: 80 }],
  'with a name': [{ name: 'text', valueString: 'bennet' }],
}

const calls: readonly Call[] = [
  ...growingCalls,
  ...Object.entries(filters).map(([how, parameters]): Call => {
    const request = asked(parameters)
    return {
      what: `worklist page ${how} with its exact counts`,
      ask: ({ askAfresh }) => askAfresh('Patient/$find-people', request),
    }
  }),
]

/**
 * The calls of every day among very many people and among few, in turns within one run: how long most of them take, and
 * how the processor time grows. Both populations stay in `kept`: a second run goes on loading them, or only measures.
 */
export async function measureLarge(sizes: Sizes): Promise<readonly Row[]> {
  const few = await sideOf(sizes.from, sizes)
  const many = await sideOf(sizes.to, sizes)
  try {
    const rows: Row[] = []
    for (const call of calls) {
      const some = await measured(call, { few, many }, sizes)
      for (const { what, value, ratio } of some) sizes.say(`${what}: ${value} ms, ${ratio} ×`)
      rows.push(...some)
    }
    return rows
  } finally {
    await few.ground.close()
    await many.ground.close()
  }
}

/** In turns, of which the first only warms up. */
async function measured(
  call: Call,
  { few, many }: Readonly<{ few: Side; many: Side }>,
  { from, to, density }: Sizes,
): Promise<readonly Row[]> {
  for (const side of [few, many]) await takeTurn(side, call, nothingTaken())
  const [before, after] = [nothingTaken(), nothingTaken()]
  for (let turn = 0; turn < turns; turn += 1) {
    await takeTurn(few, call, before)
    await takeTurn(many, call, after)
  }
  const of = `${call.what}, ${to.toLocaleString('en')} people, ${density} density`
  return rowsOf({ of, plain: `${from.toLocaleString('en')} people` }, before, after)
}

type Side = Readonly<{ ground: Ground; api: Api; clock: CpuClock; enter: () => void }>

async function sideOf(people: number, { density, kept, say }: Sizes): Promise<Side> {
  const ground = await openPostgres(join(kept, `${density}-${people}`))
  await fillTo(ground, { people, density, say })
  await workOutWhatIsLeft(ground.sql)
  const api = await openApi(ground)
  const [fetch, session] = [globalThis.fetch, useSession.getState()]
  const enter = () => {
    globalThis.fetch = fetch
    useSession.setState(session, true)
  }
  say(`${ground.name}: ${people} people of ${density} density`)
  return { ground, api, enter, clock: await clockOf(ground) }
}

type Filling = Pick<Sizes, 'density' | 'say'> & Readonly<{ people: number }>

/** Goes on where an earlier run stopped; what is written a second time changes nobody. */
async function fillTo({ sql, lanes }: Ground, { people, density, say }: Filling): Promise<void> {
  const { rows } = await sql.query<{ here: number }>('select count(*)::int as here from person_row')
  const here = rows[0]?.here ?? 0
  if (here >= people - 1) return
  const store = createStore(sql)
  const chunks = chunksOf(personByPerson(people, density))
  let [done, told] = [0, 0]
  const lane = async () => {
    for (let next = chunks.next(); !next.done; next = chunks.next()) {
      done += next.value.filter(isPerson).length
      if (done < here - 1_000) continue
      const write = (resource: SeedRecord) => ({ resource, expect: 'anything' as const })
      await store.writeMany(next.value.map(write))
      if (done < told + people / 20) continue
      told = done
      say(`${done} of ${people} people of ${density} density loaded`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  await sql.script('analyze')
}

const isPerson = ({ resourceType }: SeedRecord) => resourceType === 'Patient'

const turns = 8
const rounds = 25

type Taken = Readonly<{ ms: number[]; cpu: number[] }>
const nothingTaken = (): Taken => ({ ms: [], cpu: [] })

/** The clock of other processes goes in steps of ten milliseconds: it is read once for many calls. */
async function takeTurn({ api, clock, enter }: Side, { ask }: Call, taken: Taken): Promise<void> {
  enter()
  const start = clock()
  for (let round = 0; round < rounds; round += 1) taken.ms.push(await timed(() => ask(api)))
  taken.cpu.push((clock() - start) / rounds)
}

/** What else runs on the machine only adds to the processor time: the quickest turn counts. */
const figures: readonly Readonly<{ name: string; of: (taken: Taken) => number }>[] = [
  { name: 'processor time', of: ({ cpu }) => Math.min(...cpu) },
  ...[50, 95, 99].map((percent) => ({
    name: `p${percent}`,
    of: ({ ms }: Taken) => percentile(ms, percent),
  })),
]

type Named = Readonly<{ of: string; plain: string }>

const rowsOf = ({ of, plain }: Named, before: Taken, after: Taken): readonly Row[] =>
  figures.map((figure) =>
    row({
      ...{ what: `${of}, ${figure.name}`, on: 'PostgreSQL', unit: 'ms', plain },
      ...{ value: figure.of(after), plainValue: figure.of(before) },
    }),
  )
