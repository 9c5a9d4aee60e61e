import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'

export type TypeCount = Readonly<{
  type: string
  created: number
  updated: number
  unchanged: number
  refused: number
}>

/** A record that was not taken in; `place` counts from one within its file. */
export type Refusal = Readonly<{
  file: string
  place: number
  type: string
  id: string
  reason: string
}>

/** What became of one call, or of all calls so far. */
export type Tally = Readonly<{
  counts: readonly TypeCount[]
  refusals: readonly Refusal[]
  /** sound records that were left out because another of the same transaction was not */
  leftOut: number
}>

export const nothingYet: Tally = { counts: [], refusals: [], leftOut: 0 }

/** Reads the answer of `$import`; `before` records of the same file went in earlier calls. */
export function tallyOf(
  answer: Parameters,
  { file, before }: Readonly<{ file: string; before: number }>,
): Tally {
  const named = (name: string) => (answer.parameter ?? []).filter((each) => each.name === name)
  return {
    counts: named('counted').map((each) => ({
      type: text(each, 'type'),
      created: number(each, 'created'),
      updated: number(each, 'updated'),
      unchanged: number(each, 'unchanged'),
      refused: number(each, 'refused'),
    })),
    refusals: named('refused').map((each) => ({
      file,
      place: before + number(each, 'index') + 1,
      type: text(each, 'type'),
      id: text(each, 'id'),
      reason: text(each, 'reason'),
    })),
    leftOut: named('wholeRefused')[0]?.valueInteger ?? 0,
  }
}

const part = (of: ParametersParameter, name: string) => of.part?.find((each) => each.name === name)
const text = (of: ParametersParameter, name: string) => part(of, name)?.valueString ?? ''
const number = (of: ParametersParameter, name: string) => part(of, name)?.valueInteger ?? 0

/** Both together, types in the order of the alphabet. */
export function together(one: Tally, other: Tally): Tally {
  const counts = new Map<string, TypeCount>()
  for (const each of [...one.counts, ...other.counts]) {
    const so = counts.get(each.type)
    counts.set(each.type, so ? sum(so, each) : each)
  }
  return {
    counts: [...counts.values()].toSorted((a, b) => (a.type < b.type ? -1 : 1)),
    refusals: [...one.refusals, ...other.refusals],
    leftOut: one.leftOut + other.leftOut,
  }
}

function sum(one: TypeCount, other: TypeCount): TypeCount {
  return {
    type: one.type,
    created: one.created + other.created,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    refused: one.refused + other.refused,
  }
}

/** True when a run found everything here already. */
export function isAllUnchanged({ counts }: Tally): boolean {
  const unchanged = counts.reduce((all, each) => all + each.unchanged, 0)
  const others = counts.reduce((all, each) => all + each.created + each.updated + each.refused, 0)
  return unchanged > 0 && others === 0
}
