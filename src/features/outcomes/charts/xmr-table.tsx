import { Trans, useLingui } from '@lingui/react/macro'
import type { MeasureChart } from '#domain/outcome/measure-chart.ts'
import type { OutcomeMeasure } from '#domain/outcome/outcomes.ts'
import type { XmrSignal } from '#domain/xmr/xmr-rules.ts'
import { useMonthWords } from '#features/outcomes/use-month-words.ts'
import { useValueWords } from '#features/outcomes/use-value-words.ts'

/** The numbers of a chart, the newest first, and what each measure counts. */
export function XmrTable({
  measure,
  chart,
}: Readonly<{ measure: OutcomeMeasure; chart: MeasureChart }>) {
  const { t, i18n } = useLingui()
  const valueWords = useValueWords(measure.unit)
  const monthWords = useMonthWords()
  const rows = chart.months.map((month, at) => ({ ...month, signal: chart.points[at]?.signal }))
  return (
    <div className="gable-scroll">
      <table className="gable-table">
        <caption className="nhsuk-u-visually-hidden">{measure.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Month`}</th>
            <th scope="col">{t`Result`}</th>
            <th scope="col">{t`Out of`}</th>
            <th scope="col">{t`More than chance?`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ month, value, denominator, signal }) => (
            <tr key={month}>
              <th scope="row">{monthWords(month, 'with-year')}</th>
              <td>{value === undefined ? t`too few to show` : valueWords(value)}</td>
              <td>{denominator === undefined ? '' : i18n.number(denominator)}</td>
              <td>
                <RuleWords signal={signal} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RuleWords({ signal }: { signal: XmrSignal | undefined }) {
  const { t } = useLingui()
  if (!signal) return <Trans>No</Trans>
  const words = {
    'outside high': t`Above the usual range`,
    'outside low': t`Below the usual range`,
    'trend high': t`Seven months going up`,
    'trend low': t`Seven months going down`,
    'two-of-three high': t`Two of three near the upper edge`,
    'two-of-three low': t`Two of three near the lower edge`,
    'one-side high': t`Seven months above the average`,
    'one-side low': t`Seven months below the average`,
  } as const
  return words[`${signal.rule} ${signal.side}`]
}
