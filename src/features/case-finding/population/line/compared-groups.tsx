import { Trans, useLingui } from '@lingui/react/macro'
import type { CSSProperties, ReactNode } from 'react'
import { comparedBy } from '#domain/population/compared.ts'
import type { ShownRuleFigures } from '#domain/rule/rule-parameters.ts'
import { Count, PercentText } from '#features/case-finding/population/count.tsx'
import { comparedGroupLabels, comparedLabels } from './compared-labels.ts'
import { VerdictMark } from './verdict-mark.tsx'

type Row = ShownRuleFigures['compared'][number]

/** Who was chosen, and from among whom. */
type Words = Readonly<{ found: ReactNode; among: ReactNode }>

/** Those chosen against all who could be, group by group, each with how far chance alone could move it. */
export function ComparedGroups({ rows, found, among }: Words & Readonly<{ rows: readonly Row[] }>) {
  return comparedBy.map((by) => (
    <Comparison key={by} {...{ by, found, among }} rows={rows.filter((each) => each.by === by)} />
  ))
}

function Comparison({
  by,
  rows,
  ...words
}: Words & Readonly<{ by: Row['by']; rows: readonly Row[] }>) {
  const { t } = useLingui()
  if (rows.length === 0) return null
  return (
    <section>
      <h3>{t(comparedLabels[by])}</h3>
      {rows.every(({ of }) => of === 'unknown') ? (
        <p className="population__meta">
          <Trans>Not recorded for anybody, so nobody can say whether it is fair.</Trans>
        </p>
      ) : (
        <>
          <ul>
            {rows.map((row) => (
              <GroupRow key={row.of} row={row} {...words} />
            ))}
          </ul>
          {rows.some(({ verdict }) => verdict === 'withheld') ? (
            <p className="population__meta">
              <Trans>
                A number here is under five. Where it says “not shown”, the number would tell it:
                whoever takes the others from the whole knows the rest.
              </Trans>
            </p>
          ) : null}
        </>
      )}
    </section>
  )
}

function GroupRow({ row, found, among: amongWords }: Words & Readonly<{ row: Row }>) {
  const { t } = useLingui()
  const { share, among } = row
  const label = comparedGroupLabels[row.by][row.of]
  return (
    <li>
      <b>{label ? t(label) : row.of}</b>
      <Picture row={row} />
      <span>
        {share === undefined ? (
          <Count of={row.selected} />
        ) : (
          <b>
            <PercentText of={share} />
          </b>
        )}
        <span className="nhsuk-u-visually-hidden"> {found}</span>
        {among === undefined ? null : (
          <>
            , <PercentText of={among} />
            <span className="nhsuk-u-visually-hidden"> {amongWords}</span>
          </>
        )}
      </span>
      <VerdictMark verdict={row.verdict} />
    </li>
  )
}

const at = (share: number): CSSProperties => ({ insetInlineStart: `${share}%` })

function Picture({ row: { share, low, high, among } }: { row: Row }) {
  return (
    <span className="population-fair__picture" aria-hidden="true">
      {low === undefined || high === undefined ? null : (
        <span
          className="population-fair__bar"
          style={{ ...at(low), inlineSize: `${high - low}%` }}
        />
      )}
      {share === undefined ? null : <span className="population-fair__diamond" style={at(share)} />}
      {among === undefined ? null : <span className="population-fair__circle" style={at(among)} />}
    </span>
  )
}

/** The same as a table. */
export function ComparedTable({
  rows,
  found,
  among,
  caption,
}: Words & Readonly<{ rows: readonly Row[]; caption: ReactNode }>) {
  const { t } = useLingui()
  return (
    <table className="gable-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Group`}</th>
          <th scope="col">{found}</th>
          <th scope="col">{t`Share, and its range`}</th>
          <th scope="col">{among}</th>
          <th scope="col">{t`Share`}</th>
          <th scope="col">{t`In words`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const label = comparedGroupLabels[row.by][row.of]
          return (
            <tr key={`${row.by} ${row.of}`}>
              <th scope="row">
                {t(comparedLabels[row.by])}: {label ? t(label) : row.of}
              </th>
              <td>
                <Count of={row.selected} />
              </td>
              <td>{row.share === undefined ? '–' : `${row.share}% (${row.low}–${row.high}%)`}</td>
              <td>
                <Count of={row.eligible} />
              </td>
              <td>{row.among === undefined ? '–' : `${row.among}%`}</td>
              <td>
                <VerdictMark verdict={row.verdict} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
