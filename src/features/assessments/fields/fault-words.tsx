import { Trans } from '@lingui/react/macro'
import type { ScoreFault } from '#domain/assessment/score.ts'

/** Why there is no value, for whoever asks the questions; the detail is for whoever wrote the questionnaire. */
export function FaultWords({ fault }: { fault: ScoreFault }) {
  const { kind, detail } = fault
  return (
    <>
      <Reason kind={kind} />{' '}
      <span className="assess-meta">
        <Trans>For the author of the questionnaire:</Trans> <bdi>{detail}</bdi>
      </span>
    </>
  )
}

function Reason({ kind }: Pick<ScoreFault, 'kind'>) {
  switch (kind) {
    case 'not-supported':
      return (
        <Trans>
          Gable cannot work this out: the questionnaire uses something it does not support.
        </Trans>
      )
    case 'wrong-kind':
      return <Trans>This has no value: what was worked out does not fit the question.</Trans>
    case 'circular':
      return <Trans>This has no value: it depends on itself.</Trans>
    case 'not-loaded':
      return (
        <Trans>
          This could not be worked out on this device. Go online and open the form again.
        </Trans>
      )
    case 'no-band':
      return (
        <Trans>
          There is no score: the value is outside everything that the questionnaire explains.
        </Trans>
      )
    case 'failed':
      return <Trans>This could not be worked out. Your answers are kept.</Trans>
  }
}
