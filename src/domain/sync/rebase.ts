import type { Resource } from '@medplum/fhirtypes'
import { rewritten } from '#domain/decimal/digits.ts'
import { writtenFrom } from '#domain/fhir/references-and-extensions.ts'
import { type ChangedTwice, isProse, mergeJson, saysTheSame } from '#domain/merge/merge-json.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import {
  type IdentifiedResource,
  type QueuedRecord,
  type QueuedSave,
  referenceOf,
  type SyncProblem,
  versionOf,
} from './queued-save.ts'

/** The result of a queued save on the current records: the records to write, or why a person has to look at it. */
export type RebasedSave =
  | Readonly<{ writes: readonly IdentifiedResource[] }>
  | Readonly<{ trouble: SyncProblem }>

type Outcome =
  | Readonly<{ write: IdentifiedResource; stands: IdentifiedResource | undefined }>
  | Readonly<{ trouble: SyncProblem }>

/**
 * Rebases a save onto the current records (undefined: missing), in the same order. A record to write keeps the version
 * it is meant for in `meta.versionId`; a new one has none. What somebody else has written in the meantime is merged.
 */
export function rebasedSave(
  save: QueuedSave,
  standing: readonly (IdentifiedResource | undefined)[],
): RebasedSave {
  const outcomes = save.records.map((record, at) => outcomeOf(record, standing[at]))
  const trouble = outcomes.find((each) => 'trouble' in each)
  if (trouble && 'trouble' in trouble) return trouble
  const all = outcomes.flatMap((each) => ('write' in each ? [each] : []))
  const changed = all.filter(({ write, stands }) => !stands || !saysTheSame(write, stands))
  const isWorth = changed.some(({ write }) => !isTouch(recordOf(save, write)))
  if (!isWorth) return { writes: [] }
  const versions = new Map(save.records.map(({ mine }, at) => [versionOf(mine), madeOf(all[at])]))
  return { writes: changed.map(({ write }) => renamed(write, versions)) }
}

const recordOf = (save: QueuedSave, write: IdentifiedResource) =>
  save.records.find(({ mine }) => referenceOf(mine) === referenceOf(write))

function outcomeOf({ base, mine }: QueuedRecord, current: IdentifiedResource | undefined): Outcome {
  if (!current && base) return { trouble: { why: 'gone', record: referenceOf(mine) } }
  if (!current) return { write: asNew(mine), stands: current }
  const from = base ?? { resourceType: mine.resourceType, id: mine.id }
  const { merged, twice } = mergeJson<IdentifiedResource>({ base: from, mine, theirs: current })
  if (twice.length > 0 && isDecidedTwice(mine, current)) return { trouble: decidedTwice }
  if (twice.length === 0)
    return { write: { ...merged, meta: { ...current.meta } }, stands: current }
  const byWhom = writtenFrom(current, undefined)
  return {
    trouble: {
      ...{ why: 'choice', record: referenceOf(mine), places: twice, theirs: current },
      ...(byWhom ? { byWhom } : {}),
    },
  }
}

/** Of two decisions about one suggestion the first is kept, whole: no mixture of both. */
const isDecidedTwice = (mine: Resource, theirs: Resource) =>
  isSuggestedChange(mine) && theirs.resourceType === 'Task' && theirs.status !== 'requested'

const decidedTwice: SyncProblem = {
  ...{ why: 'refused', status: 409 },
  text: 'Someone has already decided about this suggestion',
}

/** Without the version and the time that were guessed on the device. */
function asNew({ meta, ...rest }: IdentifiedResource): IdentifiedResource {
  const { versionId: _version, lastUpdated: _at, ...others } = meta ?? {}
  return Object.keys(others).length > 0 ? { ...rest, meta: others } : rest
}

/** A plan that is only marked as changed, and the Provenance, are written with something else or not at all. */
function isTouch(record: QueuedRecord | undefined): boolean {
  if (!record) return false
  const { base, mine } = record
  if (mine.resourceType === 'Provenance') return true
  return (
    mine.resourceType === 'CarePlan' &&
    base !== undefined &&
    saysTheSame(unmarked(base), unmarked(mine))
  )
}

function unmarked(record: object): object {
  const { extension = [], ...rest } = record as { extension?: readonly { url?: string }[] }
  const others = extension.filter((each) => !each.url?.endsWith('written'))
  return { ...rest, extension: others }
}

function madeOf(
  outcome: { write: IdentifiedResource; stands: IdentifiedResource | undefined } | undefined,
): string {
  if (!outcome) return ''
  const { write, stands } = outcome
  const before = Number(stands?.meta?.versionId ?? 0)
  const isSame = stands !== undefined && saysTheSame(write, stands)
  return `${referenceOf(write)}/_history/${isSame ? before : before + 1}`
}

/** Exact versions that were guessed on the device become the real ones. */
function renamed(
  write: IdentifiedResource,
  versions: ReadonlyMap<string, string>,
): IdentifiedResource {
  const nameIn = (_key: string, value: unknown): unknown => {
    if (typeof value === 'string') return versions.get(value) ?? value
    return typeof value === 'object' && value !== null ? rewritten(value, nameIn) : value
  }
  return nameIn('', write) as IdentifiedResource
}

/** The one element of prose among those that two changed: there, one text can be written from both. */
export function wordsOfBoth(places: readonly ChangedTwice[]): ChangedTwice | undefined {
  const [place, ...others] = places.filter(isProse)
  return others.length === 0 ? place : undefined
}

/** `text` replaces the text of both; everything else that both changed is as I had it. */
export type ConflictChoice = 'mine' | 'theirs' | Readonly<{ text: string }>

/**
 * The save with the choice made where two people had changed the same element: it starts from the current records. Of a
 * task theirs is taken whole, because its state, its owner and its history belong together.
 */
export function conflictSettled(save: QueuedSave, chosen: ConflictChoice): QueuedSave {
  const { trouble, attempt: _attempt, ...rest } = save
  if (trouble?.why !== 'choice') return rest
  const records = save.records.map((record): QueuedRecord => {
    if (referenceOf(record.mine) !== trouble.record) return record
    return { base: trouble.theirs, mine: chosenOf(record, trouble.theirs, chosen) }
  })
  return { ...rest, records }
}

function chosenOf(
  { base, mine }: QueuedRecord,
  theirs: IdentifiedResource,
  chosen: ConflictChoice,
): IdentifiedResource {
  if (chosen === 'theirs' && mine.resourceType === 'Task')
    return { ...theirs, meta: { ...mine.meta } }
  const from = base ?? { resourceType: mine.resourceType, id: mine.id }
  const sides = { base: from, mine, theirs }
  const words = wordsOfBoth(mergeJson<IdentifiedResource>(sides).twice)
  const { merged } = mergeJson<IdentifiedResource>(sides, (place) => {
    if (chosen === 'theirs') return place.theirs
    return chosen !== 'mine' && place.path === words?.path ? chosen.text : place.mine
  })
  return { ...merged, meta: { ...mine.meta } }
}
