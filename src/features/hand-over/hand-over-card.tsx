import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { endHandOver } from '#client/queries/coordination/hand-over.ts'
import type { HandOver } from '#domain/team/hand-over.ts'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { HandOverReason } from './hand-over-reason.tsx'

/** A request that waits for an answer, as both practices see it; the one that asked may withdraw it. */
export function WaitingHandOverCard({
  handOver,
  mayTakeBack,
}: Readonly<{ handOver: HandOver; mayTakeBack: boolean }>) {
  const [asking, setAsking] = useState(false)
  const { by, to } = handOver
  return (
    <Card
      title={
        <Trans>
          {by.name} asked {to.name}
        </Trans>
      }
      className="hand-over-card"
    >
      <StateMark state="due">
        <Trans>Waiting for {to.name} to answer</Trans>
      </StateMark>
      <Asked handOver={handOver} />
      <p>
        <Trans>Until then {to.name} can read this record, so that they can decide.</Trans>
      </p>
      {mayTakeBack && !asking ? (
        <Button variant="outline" onClick={() => setAsking(true)}>
          <Trans>Withdraw</Trans>
        </Button>
      ) : null}
      {mayTakeBack && asking ? (
        <HandOverReason
          draft={`hand-over-back:${handOver.id}`}
          label={<Trans>Why you are withdrawing it</Trans>}
          verb={<Trans>Withdraw</Trans>}
          onLeave={() => setAsking(false)}
          run={(words) => endHandOver(handOver, 'withdrawn', words)}
          done={() => toast(<Trans>Withdrawn. {to.name} can no longer read this record.</Trans>)}
        />
      ) : null}
    </Card>
  )
}

function Asked({ handOver: { asked, from, why } }: { handOver: HandOver }) {
  return (
    <dl className="gable-facts hand-over-facts">
      <dt>
        <Trans>From which date</Trans>
      </dt>
      <dd>
        <DateText date={from} />
      </dd>
      <dt>
        <Trans>Why</Trans>
      </dt>
      <dd className="hand-over-words">{why}</dd>
      {asked ? (
        <>
          <dt>
            <Trans>Asked by</Trans>
          </dt>
          <dd>
            {asked.by.name}, <DateText date={asked.at} />
          </dd>
        </>
      ) : null}
    </dl>
  )
}

const marks: Readonly<Record<HandOver['state'], MarkState>> = {
  ...{ asked: 'due', accepted: 'agreed', declined: 'failed', withdrawn: 'missing' },
}

/** The outcome of an earlier one. */
export function EarlierHandOverCard({ handOver }: { handOver: HandOver }) {
  const { by, to, state, why, answer } = handOver
  return (
    <li>
      <h3>
        <Trans>
          {by.name} asked {to.name}
        </Trans>
      </h3>
      <StateMark state={marks[state]}>
        <StateWords state={state} />
      </StateMark>
      <p className="hand-over-words">{why}</p>
      {answer?.words ? <p className="hand-over-words">“{answer.words}”</p> : null}
      {answer ? (
        <p className="gable-meta">
          {answer.by.name}, <DateText date={answer.at} />
        </p>
      ) : null}
    </li>
  )
}

function StateWords({ state }: Pick<HandOver, 'state'>) {
  const { t } = useLingui()
  const words = {
    ...{ asked: t`Waiting for an answer`, accepted: t`Accepted` },
    ...{ declined: t`Declined`, withdrawn: t`Withdrawn` },
  }
  return words[state]
}
