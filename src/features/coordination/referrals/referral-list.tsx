import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { answerReferral, referralsQuery } from '#client/queries/coordination/referrals.ts'
import { useSession } from '#client/session/session.ts'
import type { Actor } from '#domain/access/actor.ts'
import { stateAfterStep } from '#domain/referral/fhir.ts'
import {
  answerNeedsWords,
  isReferralLate,
  isReferralOpen,
  type Referral,
  type ReferralStep,
  referralMayBecome,
} from '#domain/referral/referral.ts'
import { ReferralMark } from '#features/coordination/state-labels.tsx'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AnsweredBy } from './answered-by.tsx'
import { HeardForm } from './heard-form.tsx'
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
  const [answer, setAnswer] = useState<ReferralStep | 'heard'>()
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
        <HeardNotes referral={referral} />
        <AnsweredBy referral={referral} />
      </div>
      <div>
        <ReferralMark state={referral.state} />
        <NextWord referral={referral} />
      </div>
      <Answers referral={referral} onChoose={setAnswer} />
      {answer === 'heard' ? (
        <HeardForm referral={referral} onDone={() => setAnswer(undefined)} />
      ) : answer ? (
        <AnswerForm referral={referral} answer={answer} onDone={() => setAnswer(undefined)} />
      ) : null}
    </li>
  )
}

/** Who has the next word, and by when. */
function NextWord({ referral }: { referral: Referral }) {
  const { answerBy, state } = referral
  if (!answerBy || !isReferralOpen(state)) return null
  return isReferralLate(referral, clockToday()) ? (
    <StateMark state="due">
      <Trans>
        Late: was expected by <DateText date={answerBy} />
      </Trans>
    </StateMark>
  ) : (
    <p className="gable-meta">
      <Trans>
        Next word by <DateText date={answerBy} />
      </Trans>
    </p>
  )
}

function HeardNotes({ referral: { heard } }: { referral: Referral }) {
  if (heard.length === 0) return null
  return (
    <ul className="coordinate-said">
      {heard.map(({ by, at, words }) => (
        <li key={at}>
          <Trans>
            {by.name} heard: “{words}”
          </Trans>{' '}
          <span className="gable-meta">
            <DateText date={at} />
          </span>
        </li>
      ))}
    </ul>
  )
}

const ofAsked = [
  'received',
  'accepted',
  'waiting',
  'seen',
  'closed',
  'returned',
  'refused',
] as const
const ofSender = ['withdrawn', 'reopened'] as const

/** Those who are asked answer; who sent it takes it back, sends it again, and writes down what was heard. */
function stepsFor(referral: Referral, actor: Actor | undefined): readonly ReferralStep[] {
  const { to, from, state, forCase } = referral
  const me = `Practitioner/${actor?.practitioner}`
  const isSender = from?.reference === me
  const isAsked =
    !isSender && (to?.reference === me || to?.reference === `Organization/${actor?.organisation}`)
  // one for a case manager is answered on “Referrals to us”, by taking the person on or with words
  if (forCase) return referralMayBecome(state, 'withdrawn') ? ['withdrawn'] : []
  const mine: readonly ReferralStep[] = isAsked ? ofAsked : ofSender
  return mine.filter((step) => referralMayBecome(state, stateAfterStep(step)))
}

function Answers(props: {
  referral: Referral
  onChoose: (answer: ReferralStep | 'heard') => void
}) {
  const { t } = useLingui()
  const { referral, onChoose } = props
  const actor = useSession((session) => session.actor)
  const work = useAsyncAction()
  const steps = stepsFor(referral, actor)
  const mayNote = !referral.forCase && steps.includes('withdrawn')
  const say = (step: ReferralStep) =>
    work.run(async () => {
      await answerReferral(referral, step, '')
      toast(<Trans>Saved: {referral.what}</Trans>)
    })
  const words: Readonly<Record<ReferralStep, string>> = {
    ...{ received: t`Received`, accepted: t`Accept`, waiting: t`Waiting list`, seen: t`Seen` },
    ...{
      closed: t`Done`,
      returned: t`Send back`,
      refused: t`Refuse`,
      signposted: t`Point to help`,
    },
    ...{ withdrawn: t`Withdraw`, reopened: t`Send again` },
  }
  return (
    <div className="coordinate-row__deeds">
      {steps.map((step) => (
        <Button
          key={step}
          variant={step === 'accepted' || step === 'closed' ? 'outline' : 'link'}
          pending={work.pending}
          onClick={() => (answerNeedsWords(step) ? onChoose(step) : void say(step))}
          aria-label={`${words[step]}: ${referral.what}`}
        >
          {words[step]}
        </Button>
      ))}
      {mayNote ? (
        <Button
          variant="link"
          onClick={() => onChoose('heard')}
          aria-label={t`Write down what you heard: ${referral.what}`}
        >
          <Trans>Write down what you heard</Trans>
        </Button>
      ) : null}
      <WorkProblem failure={work.failure} />
    </div>
  )
}
