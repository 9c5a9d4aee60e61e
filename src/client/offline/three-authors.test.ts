import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from '#domain/merge/merge-json.ts'
import type { Author, Network } from '#test-support/worlds/goal-world.ts'
import {
  choose,
  deliver,
  look,
  newWorld,
  save,
  sendFirst,
  type,
  type World,
  wordsIn,
} from '#test-support/worlds/three-authors.ts'

/** `GABLE_SEED` repeats a run; `GABLE_HISTORIES` sets how many histories are tried. */
const histories = Number(process.env['GABLE_HISTORIES'] ?? 100_000)
const seed = Number(process.env['GABLE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
/** in milliseconds */
const patience = 900_000

type Act = (world: World, author: Author, detail: number) => void

const networks: readonly Network[] = ['fine', 'fine', 'call lost', 'answer lost', 'late']
const networkOf = (detail: number) => networks[detail % networks.length] ?? 'fine'

/** What can happen; writing and saving are the most frequent. */
const acts: readonly Act[] = [
  type,
  type,
  type,
  (world, author, detail) => save(world, author, networkOf(detail)),
  (world, author, detail) => save(world, author, networkOf(detail)),
  (world, author, detail) => sendFirst(world, author, networkOf(detail)),
  look,
  (_world, author) => {
    author.online = !author.online
  },
  // the app is closed or crashes, and text that was only on the screen is lost
  (_world, author) => {
    author.choice = undefined
  },
  (_world, author, detail) => choose(author, detail),
  (world, _author, detail) => deliver(world, detail),
]

const history = fc.array(fc.tuple(fc.nat(2), fc.nat(acts.length - 1), fc.nat(1023)), {
  minLength: 3,
  maxLength: 24,
})

function live(steps: readonly (readonly [number, number, number])[]): World {
  const world = newWorld()
  for (const [who, what, detail] of steps) {
    const author = world.authors[who]
    if (author) acts[what]?.(world, author, detail)
  }
  return world
}

/** All authors go online and resolve what is open. */
function resolveAll(world: World): void {
  while (world.server.late.length > 0) deliver(world, 0)
  for (const author of world.authors) author.online = true
  for (let round = 0; round < 40; round++) {
    const busy = world.authors.filter(
      ({ draft, waiting }) => draft !== undefined || waiting.length > 0,
    )
    if (busy.length === 0) break
    for (const author of busy) workOn(world, author, round)
  }
  for (const author of world.authors) look(world, author)
}

function workOn(world: World, author: Author, round: number): void {
  choose(author, author.number + round)
  if (author.waiting.length > 0) sendFirst(world, author, 'fine')
  else save(world, author, 'fine')
}

/** Describes what is wrong at the end; undefined when all is right. */
function faultIn(world: World): string | undefined {
  const last = canonical(world.server.versions.at(-1))
  const apart = world.authors.find(({ view }) => canonical(view) !== last)
  if (apart) return `Author ${apart.number} does not see what stands`
  const kept = new Set(wordsIn(world.server.versions))
  const lost = [...world.words].find((word) => !kept.has(word) && !world.shown.has(word))
  if (lost) return `The word ${lost} is lost`
  return world.needless.length > 0 ? `A choice for nothing: ${world.needless}` : undefined
}

test(
  `three authors reach one record and no word is lost, in ${histories} histories`,
  () => {
    process.stderr.write(`three authors: ${histories} histories, GABLE_SEED=${seed}\n`)
    const seen = { choices: 0, words: 0, versions: 0 }
    const property = fc.property(history, (steps) => {
      const world = live(steps)
      resolveAll(world)
      const fault = faultIn(world)
      if (fault) throw new Error(fault)
      seen.choices += world.shown.size > 0 ? 1 : 0
      seen.words += world.words.size
      seen.versions += world.server.versions.length
    })
    fc.assert(property, { numRuns: histories, seed })
    // the authors did write, and did conflict
    expect(seen.words).toBeGreaterThan(histories)
    expect(seen.versions).toBeGreaterThan(2 * histories)
    expect(seen.choices).toBeGreaterThan(histories / 100)
  },
  patience,
)
