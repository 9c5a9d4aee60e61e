import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { CSSProperties } from 'react'
import { comparedBy } from '#domain/population/compared.ts'
import type { Population } from '#domain/population/population-parameters.ts'
import { Count, PercentText } from '#features/case-finding/population/count.tsx'
import { Step } from '#features/case-finding/population/step.tsx'
import { comparedGroupLabels, comparedLabels } from './compared-labels.ts'
import { VerdictMark } from './verdict-mark.tsx'

type Row = Population['compared'][number]

/** Is that fair? Those above the line against all who could be there. */
export function FairnessStep({ population }: { population: Population }) {
  const { compared, selected, eligible } = population
  const told = compared.filter(({ verdict }) => verdict !== 'hidden')
  return (
    <Step
      number={4}
      title={<Trans>Is that fair?</Trans>}
      words={
        <>
          <p>
            <Plural
              value={selected}
              one="The # person above the line"
              other="The # people above the line"
            />{' '}
            <Trans>
              against all <Count of={eligible} /> who could have been. The bar is how far chance
              alone could move the diamond.
            </Trans>
          </p>
          <WorthAsking compared={compared} />
          {told.length > 0 ? (
            <p className="population__meta">
              <Trans>
                These are {told.length} comparisons. In about one of twenty, chance alone puts the
                circle outside the bar.
              </Trans>
            </p>
          ) : null}
          <p className="population__meta">
            <Trans>
              Move the line in step 3 to see this change. A chance cannot see what nobody wrote
              down.
            </Trans>
          </p>
        </>
      }
      table={<FairnessTable compared={compared} />}
    >
      <div className="gable-card population-fair">
        {selected === 0 ? (
          <p>
            <Trans>
              Nobody is above the line, so nothing can be compared. Enter places in step 3, or try
              some.
            </Trans>
          </p>
        ) : (
          <>
            <p className="population__meta">
              <span
                className="population-fair__key population-fair__key--diamond"
                aria-hidden="true"
              />
              <Trans>above the line, with its range.</Trans>{' '}
              <span
                className="population-fair__key population-fair__key--circle"
                aria-hidden="true"
              />
              <Trans>among all who could be. From 0 to 100%.</Trans>
            </p>
            {comparedBy.map((by) => (
              <Comparison key={by} rows={compared.filter((each) => each.by === by)} by={by} />
            ))}
          </>
        )}
      </div>
    </Step>
  )
}

/** The first group that has fewer than expected, and what the chance may not have seen. */
function WorthAsking({ compared }: Pick<Population, 'compared'>) {
  const { t } = useLingui()
  const fewer = compared.find(({ verdict }) => verdict === 'fewer')
  if (!fewer) return null
  const label = comparedGroupLabels[fewer.by][fewer.of]
  return (
    <p>
      <b>
        <Trans>Worth asking:</Trans>
      </b>{' '}
      <Trans>
        “{label ? t(label) : fewer.of}” has fewer people above the line than expected.{' '}
        <Count of={fewer.unseen} /> of the <Count of={fewer.eligible} /> who could have been chosen
        had no contact for a year.
      </Trans>
    </p>
  )
}

function Comparison({ by, rows }: Readonly<{ by: Row['by']; rows: readonly Row[] }>) {
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
        <ul>
          {rows.map((row) => (
            <GroupRow key={row.of} row={row} />
          ))}
        </ul>
      )}
    </section>
  )
}

function GroupRow({ row }: { row: Row }) {
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
        <span className="nhsuk-u-visually-hidden">
          {' '}
          <Trans>above the line</Trans>
        </span>
        {among === undefined ? null : (
          <>
            , <PercentText of={among} />
            <span className="nhsuk-u-visually-hidden">
              {' '}
              <Trans>of all who could be</Trans>
            </span>
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

function FairnessTable({ compared }: Pick<Population, 'compared'>) {
  const { t } = useLingui()
  return (
    <table className="gable-table">
      <caption>
        <Trans>People above the line against all who could be</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t`Group`}</th>
          <th scope="col">{t`Above the line`}</th>
          <th scope="col">{t`Share, and its range`}</th>
          <th scope="col">{t`Could be`}</th>
          <th scope="col">{t`Share`}</th>
          <th scope="col">{t`In words`}</th>
        </tr>
      </thead>
      <tbody>
        {compared.map((row) => {
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
