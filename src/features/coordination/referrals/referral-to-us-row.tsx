import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { takeOnPatient } from '#client/queries/care-plan/case.ts'
import { answerReferral } from '#client/queries/coordination/referrals.ts'
import { ageOn } from '#domain/calendar/age.ts'
import type { ReferralAnswer } from '#domain/referral/referral.ts'
import type { ReferralToUs } from '#domain/referral/referrals-answer.ts'
import { ReferralMark } from '#features/coordination/state-labels.tsx'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { AnsweredBy } from './answered-by.tsx'
import { AnswerForm } from './referral-answer-form.tsx'

/** Somebody whom we are asked to take on: who asks, why, until when, and the three answers. */
export function ReferralToUsRow({ asked }: { asked: ReferralToUs }) {
  const { referral, family, given, birthDate } = asked
  const [answer, setAnswer] = useState<ReferralAnswer>()
  const waits = referral.state === 'sent'
  return (
    <li className="coordinate-row coordinate-row--asked">
      <div className="coordinate-row__what">
        <h3 className="coordinate-row__who">
          <Link to={`/people/${referral.person}/score`}>
            <PersonName family={family} given={given} />
          </Link>
          {birthDate ? <Age birthDate={birthDate} /> : null}
        </h3>
        <WhatWasSaid asked={asked} />
      </div>
      {waits ? <DueMark by={referral.answerBy ?? ''} /> : <ReferralMark state={referral.state} />}
      {waits ? <Answers asked={asked} onChoose={setAnswer} /> : null}
      {waits && answer ? (
        <AnswerForm referral={referral} answer={answer} onDone={() => setAnswer(undefined)} />
      ) : null}
    </li>
  )
}

function WhatWasSaid({ asked }: { asked: ReferralToUs }) {
  const { referral, caseStatus, coordinator } = asked
  return (
    <>
      {referral.why ? <p>“{referral.why}”</p> : null}
      <WhoAsks asked={asked} />
      {caseStatus ? (
        <p className="gable-meta">
          {coordinator ? <Trans>With {coordinator}</Trans> : <Trans>On a caseload</Trans>}
        </p>
      ) : null}
      {referral.reason ? <p>“{referral.reason}”</p> : null}
      {referral.state === 'sent' ? null : <AnsweredBy referral={referral} />}
    </>
  )
}

function Age({ birthDate }: { birthDate: string }) {
  const age = ageOn(birthDate, clockToday())
  return age === undefined ? null : <>, {age}</>
}

function WhoAsks({ asked: { referral, relationship } }: { asked: ReferralToUs }) {
  const { from, sentOn = '' } = referral
  return (
    <p className="gable-meta">
      {from?.voice === 'person' ? (
        <Trans>Asked by {from.name}, the person</Trans>
      ) : relationship ? (
        <Trans>
          Asked by {from?.name} ({relationship})
        </Trans>
      ) : (
        <Trans>Asked by {from?.name}</Trans>
      )}
      {sentOn ? (
        <>
          {' · '}
          <DateText date={sentOn} />
        </>
      ) : null}
    </p>
  )
}

function DueMark({ by }: { by: string }) {
  if (!by) return null
  return by < clockToday() ? (
    <StateMark state="due">
      <Trans>
        Late: <DateText date={by} />
      </Trans>
    </StateMark>
  ) : (
    <StateMark state="new">
      <Trans>
        Answer by <DateText date={by} />
      </Trans>
    </StateMark>
  )
}

function Answers(props: { asked: ReferralToUs; onChoose: (answer: ReferralAnswer) => void }) {
  const { t } = useLingui()
  const { asked, onChoose } = props
  const { referral } = asked
  const work = useAsyncAction()
  const name = `${asked.given} ${asked.family}`.trim()
  const takeOn = () =>
    work.run(async () => {
      await takeOnPatient(referral.person, referral)
      toast(<Trans>{name} is on your caseload. Those who asked can see your answer.</Trans>)
    })
  // taken on already, from a list or by a colleague
  const sayYes = () =>
    work.run(async () => {
      await answerReferral(referral, 'accepted', '')
      toast(<Trans>Saved. Those who asked can see that {name} has a coordinator.</Trans>)
    })
  const words = { signposted: t`Point to other help`, refused: t`Say no` }
  return (
    <div className="coordinate-row__deeds">
      {asked.caseStatus ? (
        <Button
          variant="outline"
          pending={work.pending}
          onClick={() => void sayYes()}
          aria-label={t`Say yes: ${name} has a coordinator`}
        >
          <Trans>Say yes</Trans>
        </Button>
      ) : (
        <Button
          variant="outline"
          pending={work.pending}
          onClick={() => void takeOn()}
          aria-label={t`Take on ${name}`}
        >
          <Trans>Take on</Trans>
        </Button>
      )}
      {(['signposted', 'refused'] as const).map((answer) => (
        <Button
          key={answer}
          variant="link"
          onClick={() => onChoose(answer)}
          aria-label={`${words[answer]}: ${name}`}
        >
          {words[answer]}
        </Button>
      ))}
      <WorkProblem failure={work.failure} />
    </div>
  )
}
