import type { Goal as GoalRecord } from '@medplum/fhirtypes'
import { mergeEditOf, SaveConflict } from '#client/forms/merge-edit.ts'
import { goalKind } from '#domain/goal/fhir.ts'
import { type Goal, goalProgresses } from '#domain/goal/goal.ts'
import { canonical } from '#domain/merge/merge-json.ts'
import type { QueuedSave } from '#domain/sync/queued-save.ts'
import { conflictSettled, rebasedSave } from '#domain/sync/rebase.ts'
import {
  type Author,
  arrive,
  hasArrived,
  type Network,
  othersWrote,
  type Server,
  send,
  standing,
  versionOfServer,
} from './goal-world.ts'

export type World = {
  readonly server: Server
  readonly authors: readonly Author[]
  /** every word that was typed and not deleted again by its author */
  readonly words: Set<string>
  /** words that their author was shown in a choice */
  readonly shown: Set<string>
  /** choices that were caused only by one author’s own actions */
  readonly needless: string[]
  /** what a save made when its answer was lost: its author may meet their own words then */
  readonly ownLost: Set<number>
  count: number
}

const first: Goal = {
  id: 'goal',
  person: 'p',
  words: 'I want to walk to church on a Sunday morning',
  why: 'my friends are there',
  needs: [],
  state: 'active',
}

export function newWorld(): World {
  const record: GoalRecord = { ...goalKind.toFhir(first), meta: { versionId: '1' } }
  const author = (number: number): Author => ({
    ...{ number, online: true, view: record, since: 1, waiting: [] },
  })
  return {
    server: { versions: [record], writers: [2], late: [] },
    authors: [author(0), author(1), author(2)],
    ...{ words: new Set(), shown: new Set(), needless: [], ownLost: new Set(), count: 0 },
  }
}

/** The words that were typed, in whatever contains them. */
export const wordsIn = (value: unknown): readonly string[] =>
  JSON.stringify(value)?.match(/\bw\d+\b/g) ?? []

/**
 * The author writes: a new word into one of the texts, in place of another or between two, or another state. Kept from
 * the first key stroke.
 */
export function type(world: World, author: Author, detail: number): void {
  if (author.choice) return
  const base = goalKind.fromFhir(author.view)
  author.draft ??= { base, mine: base }
  const { mine } = author.draft
  const kind = detail % 6
  if (kind === 4) {
    const states = ['proposed', 'active', 'reached', 'stopped'] as const
    author.draft.mine = { ...mine, state: states[(detail >> 3) % 4] ?? 'active' }
  } else if (kind === 5) {
    const progress = goalProgresses[(detail >> 3) % goalProgresses.length] ?? 'in-progress'
    author.draft.mine = { ...mine, progress }
  } else {
    const field = kind === 3 ? 'why' : 'words'
    author.draft.mine = { ...mine, [field]: withWord(world, mine[field], detail >> 2) }
  }
}

function withWord(world: World, text: string, detail: number): string {
  const parts = text.split(' ')
  world.count += 1
  const word = `w${world.count}`
  world.words.add(word)
  const gone = parts.splice((detail >> 1) % (parts.length + 1), detail % 2, word)
  // a word that is saved nowhere can be deleted by its author, also while a call with it is running
  for (const each of gone) if (!isSaved(world, each)) world.words.delete(each)
  return parts.join(' ')
}

const isSaved = ({ server, authors }: World, word: string) =>
  [...server.versions, ...authors.map(({ waiting }) => waiting)].some((each) =>
    wordsIn(each).includes(word),
  )

export function look({ server }: World, author: Author): void {
  if (!author.online || author.draft || author.waiting.length > 0) return
  author.view = standing(server) as GoalRecord
  author.since = versionOfServer(server)
}

/** Saves the draft: to the server, or to the queue on the device. */
export function save(world: World, author: Author, network: Network): void {
  if (!author.draft || author.choice) return
  if (!author.online || author.waiting.length > 0) keepWaiting(world, author)
  else saveNow(world, author, network)
}

function saveNow(world: World, author: Author, network: Network): void {
  const { server } = world
  const ready = onto(world, author, standing(server) as GoalRecord)
  if (ready === 'choice') return
  if (!ready || send(server, ready, author.number, network)) {
    author.draft = undefined
    look(world, author)
  } else if (network !== 'call lost') world.ownLost.add(author.number)
}

function onto(world: World, author: Author, current: GoalRecord) {
  if (!author.draft) return undefined
  try {
    const readAt = Number(author.draft.base.version)
    return mergeEditOf(goalKind, author.draft).onto(current, world.server.versions[readAt - 1])
  } catch (error) {
    if (!(error instanceof SaveConflict)) throw error
    author.choice = error
    for (const { field, base, mine, theirs } of error.fields) {
      noteChoice(world, author, { place: field, base, mine, theirs })
    }
    return 'choice'
  }
}

type Asked = Readonly<{ place: string; base: unknown; mine: unknown; theirs: unknown }>

function noteChoice(world: World, author: Author, { place, base, mine, theirs }: Asked): void {
  for (const word of wordsIn(mine)) world.shown.add(word)
  const isTwice = canonical(base) !== canonical(mine) && canonical(base) !== canonical(theirs)
  const isOthers = othersWrote(world.server, author.since, author.number)
  if (!isTwice || (!isOthers && !world.ownLost.has(author.number))) world.needless.push(place)
}

function keepWaiting(world: World, author: Author): void {
  const write = onto(world, author, author.view)
  if (write === 'choice') return
  author.draft = undefined
  if (!write) return
  const versionId = String(Number(author.view.meta?.versionId) + 1)
  const mine = { ...write, meta: { versionId } }
  world.count += 1
  author.waiting.push({
    ...{ id: String(world.count), place: world.count, at: '2026-03-02T09:00:00Z', person: 'p' },
    name: 'Pat',
    records: [{ base: author.view, mine }],
  })
  author.view = mine as GoalRecord
}

/** Sends the first waiting save, as `syncQueue` does. */
export function sendFirst(world: World, author: Author, network: Network): void {
  const [save] = author.waiting
  if (!author.online || !save || save.trouble) return
  const result = tryFirst(world, author, save, network)
  if (result === 'through') {
    author.waiting.shift()
    look(world, author)
  }
}

function tryFirst(world: World, author: Author, save: QueuedSave, network: Network) {
  const { server } = world
  if (save.attempt && hasArrived(server, save.attempt)) return 'through'
  const ready = rebasedSave(save, [standing(server)])
  if ('trouble' in ready) {
    hold(world, author, { ...save, trouble: ready.trouble })
    return 'held'
  }
  const [write] = ready.writes
  if (!write) return 'through'
  // noted before it is sent
  author.waiting[0] = { ...save, attempt: ready.writes }
  if (send(server, write, author.number, network)) return 'through'
  if (network !== 'call lost') world.ownLost.add(author.number)
  return 'again'
}

function hold(world: World, author: Author, save: QueuedSave): void {
  author.waiting[0] = save
  if (save.trouble?.why !== 'choice') throw new Error(`Held: ${save.trouble?.why}`)
  for (const { path, ...values } of save.trouble.places) {
    noteChoice(world, author, { place: path, ...values })
  }
}

/** Answers the open choice: own text, the other text, or both merged. */
export function choose(author: Author, detail: number): void {
  const how = (['mine', 'theirs', 'both'] as const)[detail % 3] ?? 'mine'
  const [save] = author.waiting
  if (save?.trouble?.why === 'choice') {
    const [place] = save.trouble.places
    const isText = save.trouble.places.length === 1 && place?.path === 'description.text'
    const both = { text: `${place?.mine} ${place?.theirs}` }
    author.waiting[0] = conflictSettled(save, how === 'both' ? (isText ? both : 'mine') : how)
  } else if (author.choice) {
    author.draft = settledDraft(author.choice, how)
    author.choice = undefined
  }
}

function settledDraft(conflict: SaveConflict, how: 'mine' | 'theirs' | 'both') {
  const chosen = conflict.fields.map(({ field, mine, theirs }) => {
    const isProse = field === 'words' || field === 'why'
    if (how === 'both' && isProse) return [field, `${mine} ${theirs}`]
    return [field, how === 'theirs' ? theirs : mine]
  })
  return {
    base: conflict.theirs as Goal,
    mine: { ...(conflict.merged as Goal), ...Object.fromEntries(chosen) } as Goal,
  }
}

/** A delayed call arrives now, before or after others that were sent later. */
export function deliver({ server }: World, detail: number): void {
  const [call] = server.late.splice(detail % Math.max(1, server.late.length), 1)
  if (call) arrive(server, call.write, call.by)
}
