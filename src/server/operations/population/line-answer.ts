import {
  type ComparedBy,
  compared,
  comparedBy,
  comparedGroups,
} from '#domain/population/compared.ts'
import type { PersonBelow, Population } from '#domain/population/population-parameters.ts'
import { shownCount, tellsHidden } from '#domain/population/shown-counts.ts'
import type { PopulationFacts } from './facts.ts'
import type { Around, AroundLine, Line } from './line.ts'
import type { Counted } from './people-sql.ts'

type LineAnswer = Pick<
  Population,
  'cells' | 'selected' | 'expected' | 'compared' | 'below' | 'alsoBelow' | 'first'
>

/** What follows from the line, as it may be shown. */
export function lineAnswer(
  facts: PopulationFacts,
  line: Line,
  around: AroundLine,
  told: Pick<Counted, 'exactness'> & Readonly<{ pseudonymOf: (id: string) => string }>,
): LineAnswer {
  const { exactness } = told
  const show = shownCount(exactness)
  const expected = show(Math.round(line.chances / 100))
  const cells = cellsOf(facts, line, told)
  const person = (each: Around) => shownPerson(each, cells, told)
  return {
    cells,
    selected: line.selected,
    ...('count' in expected ? { expected: expected.count } : {}),
    compared: comparedBy.flatMap((by) => comparedIn(by, facts, line, exactness)),
    below: around.below.map(person),
    alsoBelow: show(Math.max(0, around.also)),
    ...(around.first ? { first: person(around.first) } : {}),
  }
}

const width = 10

function cellsOf(
  { cells }: PopulationFacts,
  line: Line,
  { exactness }: Pick<Counted, 'exactness'>,
): Population['cells'] {
  const show = shownCount(exactness)
  const columns = [...new Set(cells.map(({ column }) => column))].sort((one, two) => two - one)
  const inOrder = columns.flatMap((column) =>
    [3, 2, 1, 0].map((things) => {
      const is = (each: Readonly<{ column: number; things: number }>) =>
        each.column === column && each.things === things
      const people = cells.find(is)?.people ?? 0
      return { column, things, people, above: line.cells.find(is)?.people ?? 0 }
    }),
  )
  const edge = inOrder.findLastIndex(({ above }) => above > 0)
  return inOrder.map(({ column, things, people, above }, place) => ({
    ...{ from: column * width, to: column === 9 ? 100 : column * width + width - 1, things },
    people: show(people),
    // how many of a cell: with the number of all places it would tell the others
    ...(exactness === 'exact' ? { above } : {}),
    line: sideOf(place - edge, above === people),
  }))
}

/** By the place in the order, not by who is there: an empty cell lies on one side as well. */
function sideOf(fromEdge: number, isWhole: boolean): 'above' | 'across' | 'below' {
  if (fromEdge > 0) return 'below'
  return fromEdge < 0 || isWhole ? 'above' : 'across'
}

/** With rounded counts a comparison is left out if the rest of it would tell a hidden count. */
function comparedIn(
  by: ComparedBy,
  facts: PopulationFacts,
  line: Line,
  exactness: Counted['exactness'],
): Population['compared'] {
  const show = shownCount(exactness)
  const eligible = facts.eligible.filter((each) => each.by === by)
  const all = eligible.reduce((sum, { people }) => sum + people, 0)
  const groups = comparedGroups[by].flatMap((group) => {
    const row = eligible.find((each) => each.group === group)
    if (!row) return []
    const selected = line.groups.find((each) => each.by === by && each.group === group)?.people ?? 0
    return [{ ...row, selected: show(selected) }]
  })
  const shown = show(all)
  const isHidden =
    exactness === 'rounded' &&
    (!('count' in shown) ||
      tellsHidden(
        groups.map(({ selected }) => selected),
        line.selected,
      ))
  const totals = { selected: line.selected, eligible: 'count' in shown ? shown.count : all }
  return groups.map(({ group, people, unseen, selected }) => {
    const row = { by, of: group, unseen: show(unseen) }
    if (isHidden)
      return { ...row, selected: hidden, eligible: show(people), verdict: 'hidden' as const }
    return { ...row, ...compared({ selected, eligible: show(people) }, totals) }
  })
}

/** Nothing is said of it, not even whether it is small. */
const hidden = { fewerThan: 0 } as const

function shownPerson(
  each: Around,
  cells: Population['cells'],
  { exactness, pseudonymOf }: Pick<Counted, 'exactness'> & { pseudonymOf: (id: string) => string },
): PersonBelow {
  const { column, things, changeable, ...person } = each
  const pseudonym = pseudonymOf(each.id)
  if (exactness === 'exact') return { ...person, pseudonym, changeable }
  const cell = cells.find(({ from, things: many }) => from === column * width && many === things)
  const isMany = cell !== undefined && 'count' in cell.people
  const { place, chance } = person
  return {
    ...{ place, pseudonym, changeable: [] },
    ...(isMany && chance !== undefined ? { chance: column * width } : {}),
  }
}
