import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { CSSProperties } from 'react'
import type { Population } from '#domain/population/population-parameters.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import { WideTable } from '#features/case-finding/population/wide-table.tsx'

type Cell = Population['cells'][number]

/** Chance by number of things that could be changed; the stair is the line of our room. */
export function ChanceGrid({ cells }: Pick<Population, 'cells'>) {
  const { t } = useLingui()
  const columns = cells.filter(({ things }) => things === 3)
  return (
    <WideTable label={t`Chance by what could be changed`}>
      <table className="population-grid">
        <caption>
          <Trans>
            Chance of an emergency stay within a year, in 100, by the number of things that could be
            changed
          </Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t`Things we could change`}</th>
            {columns.map(({ from, to }) => (
              <th scope="col" key={from}>
                <Trans>
                  {from} to {to}
                </Trans>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[3, 2, 1, 0].map((things) => (
            <tr key={things}>
              <th scope="row">
                <Plural value={things} _0="None found yet" _3="3 or more" one="#" other="#" />
              </th>
              {columns.map(({ from }) => (
                <GridCell key={from} cells={cells} from={from} things={things} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function GridCell({
  cells,
  from,
  things,
}: Readonly<{ cells: readonly Cell[]; from: number; things: number }>) {
  const at = (left: number, rows: number) =>
    cells.find((cell) => cell.from === left && cell.things === rows)
  const cell = at(from, things)
  if (!cell) return <td />
  const columns = [...new Set(cells.map((each) => each.from))]
  const next = columns[columns.indexOf(from) + 1]
  const isAbove = (each: Cell | undefined) => each?.line === 'above'
  const isEnd = isAbove(cell) && !isAbove(next === undefined ? undefined : at(next, things))
  const below = things > 0 ? at(from, things - 1) : undefined
  const isFoot = isAbove(cell) && below?.line === 'below'
  const edges = `${isEnd ? 'population-grid__end' : ''} ${isFoot ? 'population-grid__foot' : ''}`
  return (
    <td
      className={`population-grid__${cell.line} ${edges}`}
      style={{ '--gable-part': `${partAbove(cell)}%` } as CSSProperties}
    >
      <span className="population-grid__count">
        <Count of={cell.people} />
      </span>
      <LineWords cell={cell} />
    </td>
  )
}

/** How far the line runs through the cell; half where that is not shown. */
function partAbove({ people, above }: Cell): number {
  if (above === undefined || !('count' in people) || people.count === 0) return 50
  return Math.round((above / people.count) * 100)
}

function LineWords({ cell: { line, above } }: { cell: Cell }) {
  if (line === 'above')
    return (
      <span className="nhsuk-u-visually-hidden">
        <Trans>, above our line</Trans>
      </span>
    )
  if (line !== 'across') return null
  return (
    <span className="population-grid__part">
      {above === undefined ? (
        <Trans>some above our line</Trans>
      ) : (
        <Trans>{above} above our line</Trans>
      )}
    </span>
  )
}
