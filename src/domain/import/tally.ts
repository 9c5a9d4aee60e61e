import type { Parameters } from '@medplum/fhirtypes'
import type { CsvFault } from './csv/csv-fault.ts'
import type { CsvPeople } from './csv/csv-people.ts'
import type { Difference } from './differences.ts'
import { importAnswer } from './import-answer.ts'

export type TypeCount = Readonly<{
  type: string
  created: number
  updated: number
  unchanged: number
  /** changed or deleted here since they were brought in, and left so */
  keptOurs: number
  refused: number
}>

/** A record by its place in its file, counted from one. */
export type NamedPerson = Readonly<{ file: string; place: number; type: string; id: string }>

/** A record that was not taken in: the service's reason in words, or what is wrong with the row of a list. */
export type ImportRefusal = NamedPerson & Readonly<{ reason: string; faults?: readonly CsvFault[] }>

/** A record that is in, and what is to be known of it in the service's words: a link that leads nowhere, say. */
export type Note = NamedPerson & Readonly<{ note: string }>

/** What became of one call, or of all calls so far. */
export type ImportTally = Readonly<{
  counts: readonly TypeCount[]
  refusals: readonly ImportRefusal[]
  keptOurs: readonly NamedPerson[]
  /** of people who are here: what a list says of them otherwise */
  differences: readonly (NamedPerson & Difference)[]
  /** people who were kept, with the id of another record that has the same NHS number */
  duplicates: readonly (NamedPerson & Readonly<{ other: string }>)[]
  /** ids of people who are somebody else here, and were refused with all that is told of them */
  others: readonly string[]
  /** records that are in, with what is to be known of each */
  notes: readonly Note[]
}>

export const nothingYet: ImportTally = {
  counts: [],
  refusals: [],
  keptOurs: [],
  differences: [],
  duplicates: [],
  others: [],
  notes: [],
}

export type ImportSource = Readonly<{
  file: string
  /** the place in the file of the n-th record of this call, from nought */
  placeOf: (index: number) => number
}>

/** Reads the answer of `$import`. */
export function tallyOf(answer: Parameters, { file, placeOf }: ImportSource): ImportTally {
  const told = importAnswer.read(answer)
  const placed = <T extends { readonly index: number }>({ index, ...rest }: T) => ({
    ...{ file, place: placeOf(index) },
    ...rest,
  })
  return {
    counts: told.counted,
    refusals: told.refused.map(({ someoneElse: _, ...each }) => placed(each)),
    keptOurs: told.keptOurs.map(placed),
    differences: told.differences.map(placed),
    duplicates: told.duplicates.map(placed),
    others: [...new Set(told.refused.map((each) => each.someoneElse))].filter(Boolean),
    notes: told.noted.map(placed),
  }
}

/** The rows of a list that were refused before anything was sent. */
export function tallyOfRows(refused: CsvPeople['refused'], file: string): ImportTally {
  if (refused.length === 0) return nothingYet
  const type = 'Patient'
  const none = { created: 0, updated: 0, unchanged: 0, keptOurs: 0 }
  return {
    ...nothingYet,
    counts: [{ type, ...none, refused: refused.length }],
    refusals: refused.map(({ row, faults }) => ({
      ...{ file, place: row, type, id: '', reason: '' },
      faults,
    })),
  }
}

/** Both together, types in the order of the alphabet. */
export function together(one: ImportTally, other: ImportTally): ImportTally {
  const counts = new Map<string, TypeCount>()
  for (const each of [...one.counts, ...other.counts]) {
    const so = counts.get(each.type)
    counts.set(each.type, so ? sum(so, each) : each)
  }
  return {
    counts: [...counts.values()].toSorted((a, b) => (a.type < b.type ? -1 : 1)),
    refusals: [...one.refusals, ...other.refusals],
    keptOurs: [...one.keptOurs, ...other.keptOurs],
    differences: [...one.differences, ...other.differences],
    duplicates: [...one.duplicates, ...other.duplicates],
    others: [...new Set([...one.others, ...other.others])],
    notes: [...one.notes, ...other.notes],
  }
}

function sum(one: TypeCount, other: TypeCount): TypeCount {
  return {
    type: one.type,
    created: one.created + other.created,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    keptOurs: one.keptOurs + other.keptOurs,
    refused: one.refused + other.refused,
  }
}

/** True when a run found everything here already. */
export function isAllUnchanged({ counts, differences }: ImportTally): boolean {
  if (differences.length > 0) return false
  const sum = (of: (each: TypeCount) => number) => counts.reduce((all, each) => all + of(each), 0)
  const others = sum((each) => each.created + each.updated + each.keptOurs + each.refused)
  return sum((each) => each.unchanged) > 0 && others === 0
}
