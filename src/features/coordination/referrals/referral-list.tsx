import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { answerReferral, referralsQuery } from '#client/queries/coordination/referrals.ts'
import { type Referral, type ReferralAnswer, referralMayBecome } from '#domain/referral/referral.ts'
import { ReferralMark } from '#features/coordination/state-labels.tsx'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AnsweredBy } from './answered-by.tsx'
import { NewReferral } from './new-referral.tsx'
import { AnswerForm } from './referral-answer-form.tsx'

/** Where the person was referred to, and the outcome. */
export function ReferralList({ person }: { person: string }) {
  const { data: referrals } = useSuspenseQuery(referralsQuery(person))
  return (
    <section className="gable-section" aria-labelledby="referrals">
      <h2 id="referrals">
        <Trans>Referrals</Trans>
      </h2>
      {referrals.length === 0 ? (
        <EmptyState title={<Trans>No referrals yet</Trans>}>
          <p>
            <Trans>
              Who you have asked for help, whether they accepted, and what the outcome was.
            </Trans>
          </p>
        </EmptyState>
      ) : (
        <ul className="gable-boxed-rows coordinate-rows">
          {referrals.map((referral) => (
            <ReferralRow key={referral.id} referral={referral} />
          ))}
        </ul>
      )}
      <NewReferral person={person} />
    </section>
  )
}

function ReferralRow({ referral }: { referral: Referral }) {
  const [answer, setAnswer] = useState<ReferralAnswer>()
  const restrictionOf = useRestrictions()
  const { what, why, to, from, sentOn, reason, outcome } = referral
  return (
    <li className="coordinate-row">
      <div className="coordinate-row__what">
        <h3 className="coordinate-row__title">{what}</h3>
        {why ? <p>{why}</p> : null}
        <p className="gable-meta">
          <Trans>
            To {to?.name}, from {from?.name}
          </Trans>
          {sentOn ? (
            <>
              {' · '}
              <DateText date={sentOn} />
            </>
          ) : null}
        </p>
        {reason ? (
          <p>
            <Trans>Why: “{reason}”</Trans>
          </p>
        ) : null}
        {outcome ? (
          <p>
            <Trans>Outcome: “{outcome}”</Trans>
          </p>
        ) : null}
        <RestrictedMark restriction={restrictionOf(`ServiceRequest/${referral.requestId}`)} />
        <AnsweredBy referral={referral} />
      </div>
      <ReferralMark state={referral.state} />
      <Answers referral={referral} onChoose={setAnswer} />
      {answer ? (
        <AnswerForm referral={referral} answer={answer} onDone={() => setAnswer(undefined)} />
      ) : null}
    </li>
  )
}

function Answers(props: { referral: Referral; onChoose: (answer: ReferralAnswer) => void }) {
  const { t } = useLingui()
  const { referral, onChoose } = props
  const work = useAsyncAction()
  // one for a case manager is answered on “Referrals to us”, by taking the person on or with words
  const isHere = (answer: ReferralAnswer) => !referral.forCase || answer === 'withdrawn'
  const may = (answer: ReferralAnswer) =>
    isHere(answer) && referralMayBecome(referral.state, answer)
  const accept = () =>
    work.run(async () => {
      await answerReferral(referral, 'accepted', '')
      toast(<Trans>Accepted: {referral.what}</Trans>)
    })
  const words = { closed: t`Close`, refused: t`Refuse`, withdrawn: t`Withdraw` }
  return (
    <div className="coordinate-row__deeds">
      {may('accepted') ? (
        <Button
          variant="outline"
          pending={work.pending}
          onClick={() => void accept()}
          aria-label={t`Accept: ${referral.what}`}
        >
          <Trans>Accept</Trans>
        </Button>
      ) : null}
      {(['closed', 'refused', 'withdrawn'] as const).filter(may).map((answer) => (
        <Button
          key={answer}
          variant={answer === 'closed' ? 'outline' : 'link'}
          onClick={() => onChoose(answer)}
          aria-label={`${words[answer]}: ${referral.what}`}
        >
          {words[answer]}
        </Button>
      ))}
      <WorkProblem failure={work.failure} />
    </div>
  )
}
