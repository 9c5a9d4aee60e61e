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
  /** changed or deleted here since they were imported, and not changed */
  keptOurs: number
  refused: number
}>

/** A record by its place in its file, counted from one. */
export type NamedPerson = Readonly<{ file: string; place: number; type: string; id: string }>

/** A refused record: the service's reason as text, or what is wrong with the row of a list. */
export type ImportRefusal = NamedPerson &
  Readonly<{
    reason: string
    faults?: readonly CsvFault[]
    /** what the row of a list says */
    cells?: readonly string[]
  }>

/** An imported record with a note from the service: a link that leads nowhere, for example. */
export type Note = NamedPerson & Readonly<{ note: string }>

/** So many of each kind are kept and shown; all of them are counted. */
export const mostKept = 1_000

/** How many of each kind there are, also of those that are not kept. */
export type ImportTotals = Readonly<{
  refusals: number
  keptOurs: number
  differences: number
  duplicates: number
  alike: number
  notes: number
}>

/** The result of one request, or of all so far: then of each kind the first `mostKept`. */
export type ImportTally = Readonly<{
  totals: ImportTotals
  counts: readonly TypeCount[]
  refusals: readonly ImportRefusal[]
  keptOurs: readonly NamedPerson[]
  /** people who are here: what a list says differently about them */
  differences: readonly (NamedPerson & Difference)[]
  /** people who were imported, with the id of another record with the same NHS number */
  duplicates: readonly (NamedPerson & Readonly<{ other: string }>)[]
  /** people who were imported, with the id of another record that looks like theirs: somebody has to decide */
  alike: readonly (NamedPerson & Readonly<{ other: string }>)[]
  /** of one request: ids of people who are somebody else here, and were refused with all their records */
  others: readonly string[]
  /** imported records, each with its note */
  notes: readonly Note[]
}>

export const nothingYet: ImportTally = {
  totals: { refusals: 0, keptOurs: 0, differences: 0, duplicates: 0, alike: 0, notes: 0 },
  counts: [],
  refusals: [],
  keptOurs: [],
  differences: [],
  duplicates: [],
  alike: [],
  others: [],
  notes: [],
}

export type ImportSource = Readonly<{
  file: string
  /** the place in the file of the n-th record of this request, from zero */
  placeOf: (index: number) => number
  /** what the n-th row of a list says */
  cellsOf?: (index: number) => readonly string[] | undefined
}>

/** Reads the result of `$import`. */
export function tallyOf(answer: Parameters, { file, placeOf, cellsOf }: ImportSource): ImportTally {
  const result = importAnswer.read(answer)
  const { refused, keptOurs, differences, duplicates, alike, noted } = result
  const { moreDuplicates = 0, moreAlike = 0 } = result
  const placed = <T extends { readonly index: number }>({ index, ...rest }: T) => ({
    ...{ file, place: placeOf(index) },
    ...rest,
  })
  return {
    totals: {
      ...{ refusals: refused.length, keptOurs: keptOurs.length, differences: differences.length },
      duplicates: duplicates.length + moreDuplicates,
      ...{ alike: alike.length + moreAlike, notes: noted.length },
    },
    counts: result.counted,
    refusals: refused.map(({ someoneElse: _, ...each }) => {
      const cells = cellsOf?.(each.index)
      return { ...placed(each), ...(cells ? { cells } : {}) }
    }),
    keptOurs: keptOurs.map(placed),
    differences: differences.map(placed),
    duplicates: duplicates.map(placed),
    alike: alike.map(placed),
    others: [...new Set(refused.map((each) => each.someoneElse))].filter(Boolean),
    notes: noted.map(placed),
  }
}

/** The rows of a list that were refused before anything was sent. */
export function tallyOfRows(refused: CsvPeople['refused'], file: string): ImportTally {
  if (refused.length === 0) return nothingYet
  const type = 'Patient'
  const none = { created: 0, updated: 0, unchanged: 0, keptOurs: 0 }
  return {
    ...nothingYet,
    totals: { ...nothingYet.totals, refusals: refused.length },
    counts: [{ type, ...none, refused: refused.length }],
    refusals: refused.map(({ row, faults, cells }) => ({
      ...{ file, place: row, type, id: '', reason: '' },
      ...{ faults, cells },
    })),
  }
}

/** The first ones: what is full is not copied again at each request. */
const firstOf = <T>(one: readonly T[], other: readonly T[]): readonly T[] =>
  one.length >= mostKept || other.length === 0 ? one : [...one, ...other].slice(0, mostKept)

/** Both together, types in alphabetical order: all are counted, the first are kept. */
export function together(one: ImportTally, other: ImportTally): ImportTally {
  const counts = new Map<string, TypeCount>()
  for (const each of [...one.counts, ...other.counts]) {
    const so = counts.get(each.type)
    counts.set(each.type, so ? sum(so, each) : each)
  }
  return {
    counts: [...counts.values()].toSorted((a, b) => (a.type < b.type ? -1 : 1)),
    totals: totalOf(one.totals, other.totals),
    refusals: firstOf(one.refusals, other.refusals),
    keptOurs: firstOf(one.keptOurs, other.keptOurs),
    differences: firstOf(one.differences, other.differences),
    duplicates: firstOf(one.duplicates, other.duplicates),
    alike: firstOf(one.alike, other.alike),
    others: [],
    notes: firstOf(one.notes, other.notes),
  }
}

const totalOf = (one: ImportTotals, other: ImportTotals): ImportTotals => ({
  refusals: one.refusals + other.refusals,
  keptOurs: one.keptOurs + other.keptOurs,
  differences: one.differences + other.differences,
  duplicates: one.duplicates + other.duplicates,
  alike: one.alike + other.alike,
  notes: one.notes + other.notes,
})

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

/** True if a run found everything here already. */
export function isAllUnchanged({ counts, differences }: ImportTally): boolean {
  if (differences.length > 0) return false
  const sum = (of: (each: TypeCount) => number) => counts.reduce((all, each) => all + of(each), 0)
  const others = sum((each) => each.created + each.updated + each.keptOurs + each.refused)
  return sum((each) => each.unchanged) > 0 && others === 0
}
