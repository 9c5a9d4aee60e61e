import { Trans, useLingui } from '@lingui/react/macro'
import type { ProgrammeStep } from '#domain/programme/programme-entry.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { outcomeLabels, reasonLabels, stepDoneLabels, wayLabels } from './programme-labels.ts'

/** Each step, the oldest first: the day, what was done, by whom, and in what words. */
export function StepList({ steps }: { steps: readonly ProgrammeStep[] }) {
  const { t } = useLingui()
  return (
    <ol className="programme-steps" aria-label={t`Steps`}>
      {steps.map((step) => (
        <li key={`${step.at}${step.kind}`}>
          <DateText date={step.day} /> · <What step={step} />
          <span className="gable-meta"> · {step.by.name}</span>
          {step.words ? <p>“{step.words}”</p> : null}
          {step.against ? (
            <p>
              <Trans>Why all the same: “{step.against}”</Trans>
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

function What({ step: { kind, way, outcome, reason, callBackOn } }: { step: ProgrammeStep }) {
  const { i18n } = useLingui()
  const words = [
    i18n._(way ? wayLabels[way] : stepDoneLabels[kind]),
    ...(outcome ? [i18n._(outcomeLabels[outcome])] : []),
    ...(reason ? [i18n._(reasonLabels[reason])] : []),
  ]
  return (
    <>
      {words.join(': ')}
      {callBackOn ? (
        <>
          {' '}
          (<DateText date={callBackOn} />)
        </>
      ) : null}
    </>
  )
}
