import { Trans } from '@lingui/react/macro'
import { useId } from 'react'
import { measureChart } from '#domain/outcome/measure-chart.ts'
import { measureVerdict } from '#domain/outcome/measure-verdict.ts'
import type { OutcomeMeasure } from '#domain/outcome/outcomes.ts'
import { ChartVerdictMark } from './chart-verdict-mark.tsx'
import { XmrEnds } from './charts/xmr-ends.tsx'
import { type XmrMark, XmrMarks } from './charts/xmr-marks.tsx'
import { XmrPlot } from './charts/xmr-plot.tsx'
import { XmrTable } from './charts/xmr-table.tsx'
import { useVerdictWords } from './use-verdict-words.ts'

/** One measure: the verdict in words on the left, the chart that proves it on the right. */
export function MeasureRow({
  measure,
  marks,
}: Readonly<{ measure: OutcomeMeasure; marks: readonly XmrMark[] }>) {
  const id = useId()
  const chart = measureChart(measure)
  const words = useVerdictWords(measure, chart)
  const { target } = measure
  return (
    <section className="outcomes__measure" aria-labelledby={id}>
      <div className="outcomes__words">
        <h3 id={id}>{measure.title}</h3>
        <ChartVerdictMark verdict={measureVerdict(chart)} />
        <p>{words.join(' ')}</p>
        <p className="outcomes__small">{measure.question}</p>
      </div>
      {chart ? (
        <div className="outcomes__chart">
          <XmrPlot {...{ chart, target, marks }} label={`${measure.title}. ${words.join(' ')}`} />
          <XmrEnds {...{ measure, chart }} />
          <XmrMarks marks={marks} />
        </div>
      ) : null}
      <div className="outcomes__folds">
        {chart ? (
          <details>
            <summary>
              <Trans>As a table</Trans>
              <span className="nhsuk-u-visually-hidden">: {measure.title}</span>
            </summary>
            <XmrTable {...{ measure, chart }} />
          </details>
        ) : null}
        <details>
          <summary>
            <Trans>What is counted</Trans>
            <span className="nhsuk-u-visually-hidden">: {measure.title}</span>
          </summary>
          <p>{measure.numerator}</p>
          <p>
            <Trans>Out of: {measure.denominator}</Trans>
          </p>
          {measure.exclusions ? <p>{measure.exclusions}</p> : null}
          <p className="outcomes__small">{measure.source}</p>
        </details>
      </div>
    </section>
  )
}
