import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { type CarerRecord, carerRecordQuery } from '#client/queries/carer/carer-record.ts'
import { caringForQuery } from '#client/queries/carer/carers.ts'
import { takeSide } from '#client/session/sides.ts'
import type { CaringFor } from '#domain/carer/carers-answer.ts'
import { AssessmentView, DecisionView } from '#features/parts/carers/assessment-view.tsx'
import { CarerAssessmentForm } from '#features/parts/carers/carer-assessment-form.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { HowItIs } from './how-it-is.tsx'
import { OfferSaid } from './offer-said.tsx'
import { WhatYouShow } from './what-you-show.tsx'

/** Somebody’s own record as a carer: how it is, what they need, the assessment, and what they show to whom. */
export function CaringOwnRecord({ person }: Readonly<{ person: string }>) {
  const { data: record } = useSuspenseQuery(carerRecordQuery(person))
  const { data: roles } = useSuspenseQuery(caringForQuery(person))
  return (
    <>
      <HowItIs person={person} words={record.words} />
      <Needs person={person} />
      <Assessment {...{ person, record, roles }} />
      {roles.map((role) => (
        <WhatYouShow key={role.carer} {...{ person, record, role }} />
      ))}
    </>
  )
}

function Needs({ person }: { person: string }) {
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const needs = house.needs.filter(({ resolved, kind }) => !resolved && kind !== 'strength')
  return (
    <section aria-labelledby="carer-needs">
      <h2 id="carer-needs">
        <Trans>What you need</Trans>
      </h2>
      {needs.length === 0 ? (
        <p className="my-missing">
          <Trans>Nothing is written down yet.</Trans>
        </p>
      ) : (
        <ul className="my-list">
          {needs.map(({ id, words, unmet }) => (
            <li key={id} className={`my-card ${unmet ? 'is-missing' : ''}`}>
              <p>{words}</p>
              {unmet ? (
                <p>
                  <StateMark state="missing">
                    <Trans>Nobody yet</Trans>
                  </StateMark>
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to="/my/conversation">
          <Trans>Your plan: what you want, and what was promised</Trans>
        </Link>
      </p>
    </section>
  )
}

type AssessmentProps = Readonly<{
  person: string
  record: CarerRecord
  roles: readonly CaringFor[]
}>

function Assessment({ person, record, roles }: AssessmentProps) {
  const { t } = useLingui()
  const questions = {
    does: t`What I do as a carer`,
    goesOn: t`Can I go on with it, and do I want to?`,
    wants: t`What I want in my own life`,
    health: t`Is caring bad for my health, or might it be?`,
    wellbeing: t`Does this change my life a lot, or might it?`,
  }
  const [writing, setWriting] = useState(false)
  const done = record.assessments.find(({ isDone }) => isDone)
  const decision = done && record.decisions.find(({ assessment }) => assessment === done.id)
  const own = record.assessments.find(({ by }) => by?.voice === 'person')
  return (
    <section aria-labelledby="carer-assessment">
      <h2 id="carer-assessment">
        <Trans>The talk about you</Trans>
      </h2>
      <p>{t`The law gives every carer the right to one. It asks what caring does to your life.`}</p>
      {roles.map((role) => (
        <Offered key={role.carer} role={role} />
      ))}
      {decision ? <DecisionView decision={decision} /> : null}
      {done ? <AssessmentView assessment={done} /> : null}
      {own && !writing ? <AssessmentView assessment={own} /> : null}
      {writing ? (
        <CarerAssessmentForm
          {...{ person }}
          isOwn
          questions={questions}
          start={own ? { id: own.id, findings: own, marks: own.marks } : undefined}
          onDone={() => setWriting(false)}
        />
      ) : (
        <Button variant="outline" onClick={() => setWriting(true)}>
          {own ? <Trans>Change what you wrote</Trans> : <Trans>Write down how it is first</Trans>}
        </Button>
      )}
    </section>
  )
}

/** The offer is kept where the carer helps, and answered there: as a carer, not as the person of this record. */
function Offered({ role }: Readonly<{ role: CaringFor }>) {
  const { pending, run } = useAsyncAction()
  const offer = role.offers.at(-1)
  if (!offer) return null
  return (
    <div className="my-card">
      <OfferSaid offer={offer} />
      <Button
        variant={offer.replies.length > 0 ? 'link' : 'filled'}
        pending={pending}
        onClick={() => void run(() => takeSide('carer'))}
      >
        {offer.replies.length > 0 ? (
          <Trans>Change your answer, as a carer</Trans>
        ) : (
          <Trans>Answer it, as a carer</Trans>
        )}
      </Button>
    </div>
  )
}
