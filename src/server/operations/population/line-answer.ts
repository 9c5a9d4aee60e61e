import type { Measure } from '#domain/case/measures.ts'
import { type ComparedBy, comparedBy, comparedGroups } from '#domain/population/compared.ts'
import { comparedShown } from '#domain/population/compared-shown.ts'
import type { PersonBelow, Population } from '#domain/population/population-parameters.ts'
import { middleOf, notShown, shownCount } from '#domain/population/shown-counts.ts'
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
  told: Told,
): LineAnswer {
  const { exactness } = told
  const show = shownCount(exactness)
  const expected = show(Math.round(line.chances / 100))
  const cells = cellsOf(facts, line, told)
  return {
    cells,
    selected: line.selected,
    ...('count' in expected ? { expected: expected.count } : {}),
    compared: told.isCompared
      ? comparedBy.flatMap((by) => comparedIn(by, facts, line, exactness))
      : [],
    ...shownAround(around, cells, told),
    alsoBelow: show(Math.max(0, around.also)),
  }
}

const width = 10

function cellsOf(
  { cells }: PopulationFacts,
  line: Line,
  { exactness }: Pick<Counted, 'exactness'>,
): Population['cells'] {
  const show = shownCount(exactness)
  // with rounded counts nobody can tell whether anybody is in a column of which no cell is shown
  const told = cells.filter(({ people }) => 'count' in show(people))
  const columns = [...new Set(told.map(({ column }) => column))].sort((one, two) => two - one)
  const inOrder = columns.flatMap((column) =>
    [3, 2, 1, 0].map((things) => {
      const is = (each: Readonly<{ column: number; things: number }>) =>
        each.column === column && each.things === things
      const people = cells.find(is)?.people ?? 0
      return { column, things, people, above: line.cells.find(is)?.people ?? 0 }
    }),
  )
  const sides =
    exactness === 'exact'
      ? sidesOf(inOrder)
      : roundedSides(
          inOrder.map(({ people }) => show(people)),
          line,
        )
  return inOrder.map(({ column, things, people, above }, place) => ({
    ...{ from: column * width, to: column === 9 ? 100 : column * width + width - 1, things },
    people: show(people),
    // how many of a cell: with the number of all places it would tell the others
    ...(exactness === 'exact' ? { above } : {}),
    line: sides[place] ?? 'below',
  }))
}

function sidesOf(inOrder: readonly Readonly<{ people: number; above: number }>[]): readonly Side[] {
  const edge = inOrder.findLastIndex(({ above }) => above > 0)
  return inOrder.map(({ people, above }, place) => sideOf(place - edge, above === people))
}

/** Drawn from the shown counts and the number of places alone, so that it tells no more than those. */
function roundedSides(shown: readonly Measure[], { selected }: Line): readonly Side[] {
  const ends = shown.map((_, place) => sum(shown.slice(0, place + 1).map(middleOf)))
  return ends.map((end, place) => {
    const start = ends[place - 1] ?? 0
    if (end <= selected) return selected === 0 ? 'below' : 'above'
    return start < selected ? 'across' : 'below'
  })
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)

type Side = Population['cells'][number]['line']

/** By the place in the order, not by who is there: an empty cell lies on one side as well. */
function sideOf(fromEdge: number, isWhole: boolean): Side {
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
  const groups = comparedGroups[by].flatMap((group) => {
    const row = eligible.find((each) => each.group === group)
    // a rounded group that were not there would tell that nobody is in it
    if (!row && exactness === 'exact') return []
    const selected = line.groups.find((each) => each.by === by && each.group === group)?.people ?? 0
    return [{ group, eligible: row?.people ?? 0, selected }]
  })
  const unseen = (group: string) => show(eligible.find((each) => each.group === group)?.unseen ?? 0)
  return comparedShown(groups, line.selected, exactness).map((row) => {
    const isWithheld = 'fewerThan' in row.eligible && row.eligible.fewerThan === 0
    return { by, ...row, unseen: isWithheld ? notShown : unseen(row.of) }
  })
}

type Told = Pick<Counted, 'exactness'> &
  Readonly<{ pseudonymOf: (id: string) => string; isCompared: boolean }>

/** With rounded counts neither a place nor the order is told, and the column of chance of all of them or of none. */
function shownAround(
  { first, below }: AroundLine,
  cells: Population['cells'],
  { exactness, pseudonymOf }: Told,
): Pick<LineAnswer, 'below' | 'first'> {
  if (exactness === 'exact') {
    const person = ({ column: _, things: __, ...each }: Around): PersonBelow => ({
      ...each,
      pseudonym: pseudonymOf(each.id),
    })
    return { below: below.map(person), ...(first ? { first: person(first) } : {}) }
  }
  const chance = commonChance(below, cells)
  return {
    below: below
      .map(({ id }) => ({ pseudonym: pseudonymOf(id), changeable: [], ...chance }))
      .toSorted((one, other) => (one.pseudonym < other.pseudonym ? -1 : 1)),
  }
}

/** The column that all of them are in, if their cells may be shown. Different columns would tell where one of them ends. */
function commonChance(
  below: readonly Around[],
  cells: Population['cells'],
): Readonly<{ chance?: number }> {
  const [one] = below
  const isShown = ({ column, things }: Around) =>
    cells.some(
      (cell) => cell.from === column * width && cell.things === things && 'count' in cell.people,
    )
  const isCommon = below.every((each) => each.column === one?.column && isShown(each))
  return one && isCommon ? { chance: one.column * width } : {}
}
