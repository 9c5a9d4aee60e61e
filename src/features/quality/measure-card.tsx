import { Trans, useLingui } from '@lingui/react/macro'
import { startMeasure, stopMeasure } from '#client/queries/quality/gaps.ts'
import type { GapsWorklist } from '#domain/quality/gaps-worklist.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Shown = GapsWorklist['measures'][number]
type Run = NonNullable<Shown['run']>

/** One measure: what it asks and why, how the last run went, and a button that works it out. */
export function MeasureCard({ measure, mayRun }: Readonly<{ measure: Shown; mayRun: boolean }>) {
  const { t } = useLingui()
  const { id, version, title, question, rationale, run } = measure
  const isRunning = run?.state === 'running'
  return (
    <Card title={title}>
      <p>{question}</p>
      {rationale ? <p className="gable-meta">{rationale}</p> : null}
      <p className="gable-meta">
        <Trans>Version {version}</Trans>
      </p>
      {run ? <RunWords run={run} /> : null}
      {mayRun && !isRunning ? (
        <ConfirmAction
          verb={<Trans>Work it out now</Trans>}
          label={t`Work it out now: ${title}`}
          variant="outline"
          title={<Trans>Work it out for everybody?</Trans>}
          yes={<Trans>Work it out</Trans>}
          no={<Trans>Not now</Trans>}
          failed={<Trans>It was not started</Trans>}
          run={() => startMeasure(id)}
        >
          <p>
            <Trans>
              This reads the records of everybody your organisation looks after, for the twelve
              months to today. It goes on in the background, and you can stop it.
            </Trans>
          </p>
        </ConfirmAction>
      ) : null}
      {mayRun && isRunning ? (
        <ConfirmAction
          verb={<Trans>Stop</Trans>}
          label={t`Stop: ${title}`}
          variant="outline"
          title={<Trans>Stop working it out?</Trans>}
          yes={<Trans>Stop</Trans>}
          no={<Trans>Go on</Trans>}
          failed={<Trans>It was not stopped</Trans>}
          run={() => stopMeasure(id)}
        >
          <p>
            <Trans>What the run before found stays.</Trans>
          </p>
        </ConfirmAction>
      ) : null}
    </Card>
  )
}

function RunWords({ run }: Readonly<{ run: Run }>) {
  const { state, done, total, words } = run
  if (state === 'running')
    return (
      <ProgressLine
        value={done}
        max={Math.max(total, 1)}
        label={
          <Trans>
            {done} of {total} people
          </Trans>
        }
      />
    )
  if (state === 'stopped')
    return (
      <p>
        <Trans>
          Stopped after {done} of {total} people. Nothing of it is shown.
        </Trans>
      </p>
    )
  if (state === 'failed')
    return (
      <Notice tone="warning" title={<Trans>It could not be worked out</Trans>}>
        <p>{words}</p>
      </Notice>
    )
  return <Result run={run} />
}

function Result({ run }: Readonly<{ run: Run }>) {
  const { numerator, denominator, leftOut, from, to } = run
  return (
    <>
      {numerator === undefined || denominator === undefined ? (
        <p className="measure-share">
          <Trans>Too few people to show a number</Trans>
        </p>
      ) : (
        <p className="measure-share">
          <strong>{share(numerator, denominator)} %</strong>{' '}
          <Trans>
            {numerator} of {denominator} people
          </Trans>
        </p>
      )}
      <p className="gable-meta">
        <DateText date={from} /> – <DateText date={to} />
        {leftOut === undefined ? (
          <>
            . <Trans>Fewer than five left out: they said no to planning</Trans>
          </>
        ) : null}
        {leftOut ? (
          <>
            . <Trans>{leftOut} left out: they said no to planning</Trans>
          </>
        ) : null}
      </p>
    </>
  )
}

const share = (numerator: number, denominator: number) =>
  denominator === 0 ? 0 : Math.round((100 * numerator) / denominator)
