import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { socialCareWorkQuery } from '#client/queries/social-care/social-care-work.ts'
import { useSession } from '#client/session/session.ts'
import {
  type SocialCareLine,
  type SocialCareStep,
  socialCareSteps,
} from '#domain/social-care/social-care-work.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { SafeguardingRows } from './safeguarding-rows.tsx'
import './social-care.css'

/** What waits in social care today: assessments, decisions, support plans and reviews. */
export function SocialCarePage() {
  const { t } = useLingui()
  return (
    <div>
      <PageHeading
        title={t`Social care`}
        lead={t`What waits for somebody today: assessments, decisions, support plans and reviews.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <SafeguardingRows />
        <Work />
      </Suspense>
    </div>
  )
}

function Work() {
  const { t } = useLingui()
  const identity = useSession((session) => session.actor?.identity ?? '')
  const { data } = useSuspenseQuery(socialCareWorkQuery(identity))
  const titles: Readonly<Record<SocialCareStep, string>> = {
    'begun-at-home': t`Begun at home: read it, and ask what is left`,
    'being-written': t`Being written`,
    'to-decide': t`To be decided`,
    'plan-to-write': t`Right to support: write the plan`,
    'plan-to-offer': t`Plans being written`,
    'plan-to-agree': t`Waiting for the person’s answer`,
    'plan-not-agreed': t`Not like this: talk about the plan again`,
    'plan-review': t`Reviews of support plans`,
    'missed-visit': t`Missed visits: find out, and say what was done`,
    'care-changes': t`Care that starts, changes or ends`,
    review: t`Reviews due`,
  }
  if (data.lines.length === 0)
    return (
      <EmptyState title={<Trans>Nothing waits</Trans>}>
        <Trans>Assessments that people begin at home come here.</Trans>
      </EmptyState>
    )
  return (
    <div className="social-care-columns">
      {socialCareSteps.map((step) => {
        const lines = data.lines.filter((each) => each.step === step)
        if (lines.length === 0) return null
        return (
          <section key={step} className="gable-section" aria-label={titles[step]}>
            <h2>
              {titles[step]} ({lines.length})
            </h2>
            <ul className="gable-boxed-rows">
              {lines.map((line) => (
                <WorkRow
                  key={`${line.id} ${line.assessed} ${line.step} ${line.day} ${line.by}`}
                  line={line}
                />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function WorkRow({ line }: Readonly<{ line: SocialCareLine }>) {
  const { id, family, given, assessed, by } = line
  const isAdult = assessed === 'adult'
  return (
    <li className="social-care-row">
      <h3>
        <Link to={`/people/${id}/${pageFor(line)}`}>
          <PersonName {...{ family, given }} />
        </Link>
      </h3>
      <p>
        {isAdult ? <Trans>Care and support needs</Trans> : <Trans>Carer’s assessment</Trans>}
        {by ? <> · {by}</> : null}
      </p>
      <WorkDay line={line} />
    </li>
  )
}

function pageFor({ step, assessed }: SocialCareLine): string {
  if (step.startsWith('plan-') || step === 'missed-visit' || step === 'care-changes')
    return 'support-plan'
  return assessed === 'adult' ? 'care-needs' : 'carer-assessment'
}

function WorkDay({ line: { step, day } }: Readonly<{ line: SocialCareLine }>) {
  if (step !== 'review' && step !== 'plan-review')
    return (
      <p className="gable-meta">
        <Trans>
          Since <DateText date={day} />
        </Trans>
      </p>
    )
  return day < clockToday() ? (
    <p>
      <StateMark state="failed">
        <Trans>
          Review was due on <DateText date={day} />
        </Trans>
      </StateMark>
    </p>
  ) : (
    <p className="gable-meta">
      <Trans>
        Review due on <DateText date={day} />
      </Trans>
    </p>
  )
}
