import type { Goal } from '#domain/goal/goal.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type WhatIf, type Who, whatIfLevels } from '#domain/plan/plan.ts'
import type { SentencePlace } from './sentence.ts'
import type { SuggestedChange } from './suggested-change.ts'

/** A sentence as the house shows it to this reader. */
export type SentenceNow = Readonly<{ words: string; owner?: Who; version?: string }>

type Shown = Readonly<{ written?: Readonly<{ by: Who }>; version?: string }>

const shown = (words: string, record: Shown, said: Who | undefined): SentenceNow => {
  const owner = said?.reference ? said : record.written?.by
  return {
    words,
    ...(owner ? { owner } : {}),
    ...(record.version ? { version: record.version } : {}),
  }
}

const finders: Readonly<
  Record<string, (house: HouseRecord, id: string, place: SentencePlace) => SentenceNow | undefined>
> = {
  Goal: ({ goals }, id, place) => {
    const goal = goals.find((each) => each.id === id && each.state !== 'stopped')
    return goal && shown(wordsOfGoal(goal, place), goal, goal.expressedBy)
  },
  Observation: ({ aboutMe }, id) => {
    const about = aboutMe.find((each) => each.id === id)
    return about && shown(about.words, about, about.saidBy)
  },
  Condition: ({ needs }, id) => {
    const need = needs.find((each) => each.id === id && !each.resolved)
    return need && shown(need.words, need, need.saidBy)
  },
  Task: ({ actions }, id, place) => {
    const action = actions.find((each) => each.id === id && each.state !== 'stopped')
    return action && shown(place === 'note' ? action.note : action.what, action, action.owner)
  },
  CarePlan: ({ whatIf }, id, place) =>
    whatIf?.id === id
      ? shown(wordsOfWhatIf(whatIf, place), whatIf, speakerIn(whatIf, place))
      : undefined,
}

const wordsOfGoal = (goal: Goal, place: SentencePlace) => (place === 'why' ? goal.why : goal.words)

const speakerIn = (whatIf: WhatIf, place: SentencePlace) => {
  const level = whatIfLevels.find((each) => place.startsWith(`${each}.`))
  return level && whatIf[level].said?.by
}

function wordsOfWhatIf(whatIf: WhatIf, place: SentencePlace): string {
  const [name, part] = place.split('.')
  const level = whatIfLevels.find((each) => each === name)
  if (!level) return ''
  const { sign, doWhat, ring } = whatIf[level]
  return part === 'sign' ? sign : part === 'ring' ? ring : doWhat
}

/** What a sentence says now, and whose words it holds; undefined if this reader is not shown it, or it has ended. */
export function sentenceNow(
  house: HouseRecord,
  record: string,
  place: SentencePlace,
): SentenceNow | undefined {
  const [type = '', id = ''] = record.split('/')
  return finders[type]?.(house, id, place)
}

/** What a reader may do about a suggestion: decide, write down what its owner decides, withdraw it, or only read it. */
export type ChangePart = 'decide' | 'record' | 'withdraw' | 'read'

export type ChangeReader = Readonly<{ me: Who; organisation?: string | undefined }>

/** The server decides again; this is what a screen offers. */
export function partIn(
  change: SuggestedChange,
  owner: Who | undefined,
  { me, organisation }: ChangeReader,
): ChangePart {
  if (owner?.reference === me.reference) return 'decide'
  const isAuthor = change.by.reference === me.reference
  const isStaff = me.voice === 'professional' && me.reference !== ''
  if (isStaff && isForColleague(change, owner, organisation)) return 'decide'
  if (isStaff && owner && owner.voice !== 'professional') return 'record'
  return isAuthor ? 'withdraw' : 'read'
}

const isForColleague = (
  change: SuggestedChange,
  owner: Who | undefined,
  organisation: string | undefined,
) =>
  !owner ||
  (owner.voice === 'professional' &&
    organisation !== undefined &&
    change.organisation?.id === organisation)

/** Suggestions that wait, beside sentences that this reader is shown. */
export function changesThatWait(house: HouseRecord): readonly SuggestedChange[] {
  return house.suggestedChanges
    .filter(
      (change) =>
        change.state === 'waiting' && sentenceNow(house, change.record, change.place) !== undefined,
    )
    .toSorted((one, other) => one.at.localeCompare(other.at))
}
