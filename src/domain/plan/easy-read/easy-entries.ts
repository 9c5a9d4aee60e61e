import { openPromises } from '#domain/goal/promise-state.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type WhatIfLevel, whatIfLevels } from '#domain/plan/plan.ts'
import type { EasyRead } from './easy-read.ts'

export type EasyPart = 'want' | 'me' | 'helps' | 'worse'
export const easyParts: readonly EasyPart[] = ['want', 'me', 'helps', 'worse']

/** One thing that the plan says now. */
export type EasySource = Readonly<{
  part: EasyPart
  source: string
  detail: string
  version: string
  /** the text that a retelling stands for, as the server keeps it */
  text: string
  /** the same for a reader */
  words: readonly string[]
  level?: WhatIfLevel
  /** the number in the plan as it is now: it is never taken from a retelling */
  phone?: string
  /** who to call at night, if it is somebody else */
  nightPhone?: string
}>

/** `changed`: the plan says something else since the retelling was made, which is not shown any more. */
export type EasyEntry = EasySource &
  Readonly<{ state: 'made' | 'changed' | 'none'; made?: EasyRead; changedSince?: string }>

const textOf = (...parts: readonly (string | undefined)[]) =>
  parts.map((each) => each?.trim() ?? '').join('\n')

const shown = (...parts: readonly (string | undefined)[]) =>
  parts.filter((each): each is string => Boolean(each?.trim()))

type Says = Readonly<{ sayDay: (day: string) => string; today: string }>

/** Everything in the plan that can be made easy to read, in the order in which it is read. */
export function easySources(
  house: HouseRecord,
  { sayDay, today }: Says = { sayDay: String, today: '' },
): readonly EasySource[] {
  const base = { detail: '', version: '' }
  const wants = house.goals
    .filter(({ state }) => state === 'active' || state === 'proposed')
    .map((goal) => ({
      ...{ ...base, part: 'want' as const, source: `Goal/${goal.id}`, version: goal.version ?? '' },
      ...{ text: textOf(goal.words), words: shown(goal.words) },
    }))
  const about = house.aboutMe
    .filter(({ words }) => words.trim() !== '')
    .map((each) => ({
      ...{ ...base, part: 'me' as const, source: `Observation/${each.id}` },
      ...{ version: each.version ?? '', text: textOf(each.words), words: shown(each.words) },
    }))
  return [...wants, ...about, ...helpIn(house, { sayDay, today }), ...levelsIn(house)]
}

function helpIn(house: HouseRecord, { sayDay, today }: Says): readonly EasySource[] {
  const part = 'helps' as const
  const team = house.team.flatMap(({ who, role, phone, team: id }) =>
    id
      ? [
          {
            ...{ part, source: `CareTeam/${id}`, detail: who.reference, version: '' },
            ...{ text: textOf(who.reference, role), words: shown(who.name, role) },
            ...(phone ? { phone } : {}),
          },
        ]
      : [],
  )
  const promised = openPromises(house.actions, today).map((action) => ({
    ...{ part, source: `Task/${action.id}`, detail: '', version: action.version ?? '' },
    text: textOf(action.what, action.owner?.reference, action.dueOn),
    words: shown(action.what, action.owner?.name, action.dueOn && sayDay(action.dueOn)),
  }))
  const arranged = house.support.map(({ id, title, note }) => ({
    ...{ part, source: `ServiceRequest/${id}`, detail: '', version: '' },
    ...{ text: textOf(title, note), words: shown(title, note) },
  }))
  return [...team, ...promised, ...arranged]
}

function levelsIn({ whatIf }: HouseRecord): readonly EasySource[] {
  if (!whatIf) return []
  return whatIfLevels.flatMap((level) => {
    const { sign, doWhat, ring, ringAtNight } = whatIf[level]
    const words = shown(sign, doWhat)
    if (words.length === 0) return []
    return [
      {
        ...{ part: 'worse' as const, source: `CarePlan/${whatIf.id}`, detail: level, level, words },
        ...{ version: whatIf.version ?? '', text: textOf(sign, doWhat, ring, ringAtNight) },
        ...(ring ? { phone: ring } : {}),
        ...(ringAtNight ? { nightPhone: ringAtNight } : {}),
      },
    ]
  })
}

const arrived = ({ kept }: EasyRead) => (kept ? Date.parse(kept) : Number.POSITIVE_INFINITY)

/** The server has not seen it yet. One that it stored without the text that it retells came in a file: nobody checked it. */
const isOnItsWay = ({ retold, kept }: EasyRead) => retold === '' && kept === undefined

/** The plan as easy read: each thing it says now, with its retelling as long as that still says the same. */
export function easyEntries(house: HouseRecord, says?: Says): readonly EasyEntry[] {
  return easySources(house, says).map((source) => {
    const made = house.easyReads
      .filter((each) => each.source === source.source && each.detail === source.detail)
      .toSorted((one, other) => arrived(other) - arrived(one))[0]
    if (!made || made.lines.length === 0) return { ...source, state: 'none' }
    return made.retold === source.text || isOnItsWay(made)
      ? { ...source, made, state: 'made' }
      : { ...source, state: 'changed', changedSince: made.at }
  })
}
