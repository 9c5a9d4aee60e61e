import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import { measuresQuery } from '#client/queries/admin/measures.ts'
import { useSession } from '#client/session/session.ts'
import type { Measure } from '#domain/case/measures.ts'
import { InsightNav } from '#features/parts/insight/insight-nav.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Card } from '#ui/layout/card.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { AnswerRuleBoard } from './answer-rule-board.tsx'
import { CareCardSwitches } from './care-card-switches.tsx'
import { TemplateMeasures } from './template-measures.tsx'

/** How the service does, in numbers that identify nobody. */
export function InsightPage() {
  const { t } = useLingui()
  const { actor } = useSession()
  const allowed = actor?.role === 'manager' || actor?.role === 'admin'
  return (
    <div className="insight">
      <InsightNav />
      <PageHeading
        title={t`How we are doing`}
        caption={actor?.organisationName}
        lead={t`Numbers only. You cannot see any person from here.`}
        actions={
          actor?.role === 'manager' ? (
            <LinkButton to="/cover" variant="link">{t`Who is away, and who covers`}</LinkButton>
          ) : undefined
        }
      />
      {allowed ? (
        <Suspense fallback={<Skeleton lines={8} />}>
          <Measures />
          <AnswerRuleBoard />
          <CareCardSwitches />
          <TemplateMeasures />
        </Suspense>
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>Only managers can see these numbers. Your people are on your caseload.</Trans>
        </EmptyState>
      )}
    </div>
  )
}

function Measures() {
  const { t } = useLingui()
  const { data: measures } = useSuspenseQuery(measuresQuery)
  const of = (name: keyof typeof measures) => <Count measure={measures[name]} />
  return (
    <>
      <Card title={t`Summary`}>
        <ul className="insight__short">
          <li>
            <Trans>People we look after now: {of('open')}.</Trans>
          </li>
          <li>
            <Trans>People who have agreed to their current plan: {of('agreed')}.</Trans>
          </li>
          <li>
            <Trans>People whose review is overdue: {of('overdue')}.</Trans>
          </li>
          <li>
            <Trans>Needs that nobody can meet yet: {of('unmet')}.</Trans>
          </li>
        </ul>
      </Card>
      <details className="insight__fold">
        <summary>
          <Trans>Every number</Trans>
        </summary>
        <table className="gable-table">
          <caption className="nhsuk-u-visually-hidden">
            <Trans>Every number</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">{t`What is counted`}</th>
              <th scope="col">{t`Number`}</th>
            </tr>
          </thead>
          <tbody>
            <Line title={t`Waiting to be taken on`} count={of('listed')} />
            <Line title={t`Looked after now`} count={of('open')} />
            <Line title={t`Paused`} count={of('paused')} />
            <Line title={t`Plan agreed by the person`} count={of('agreed')} />
            <Line title={t`Plan waiting for the person to agree`} count={of('waiting')} />
            <Line title={t`No plan yet, or an empty plan`} count={of('without')} />
            <Line title={t`Review overdue`} count={of('overdue')} />
            <Line title={t`Unmet needs`} count={of('unmet')} />
            <Line title={t`Help offered for looking after oneself`} count={of('offered')} />
            <Line title={t`Help that was taken up`} count={of('takenUp')} />
            <Line title={t`Help that people said helped`} count={of('helped')} />
            <Line title={t`Told us how a conversation was`} count={of('asked')} />
            <Line title={t`We talked about what matters: yes`} count={of('talked')} />
            <Line title={t`We talked about what matters: partly`} count={of('talkedPartly')} />
            <Line title={t`We talked about what matters: no`} count={of('talkedNot')} />
            <Line title={t`We decided together: yes`} count={of('decided')} />
            <Line title={t`We decided together: partly`} count={of('decidedPartly')} />
            <Line title={t`We decided together: no`} count={of('decidedNot')} />
            <Line
              title={t`Left out of every other number: said no to planning and research`}
              count={of('leftOut')}
            />
          </tbody>
        </table>
        <p className="insight__note">
          <Trans>
            Numbers are rounded to the nearest five. A number below five is not shown, because it,
            or the difference between two numbers, could identify someone. Plans and reviews are
            counted for people we look after now and people whose case is paused.
          </Trans>
        </p>
      </details>
    </>
  )
}

function Line({ title, count }: Readonly<{ title: string; count: ReactNode }>) {
  return (
    <tr>
      <td>{title}</td>
      <td>{count}</td>
    </tr>
  )
}

function Count({ measure }: { measure: Measure | undefined }) {
  const { i18n } = useLingui()
  if (!measure) return <Trans>not known</Trans>
  if ('count' in measure) return <strong>{i18n.number(measure.count)}</strong>
  return <Trans>fewer than {measure.fewerThan}</Trans>
}
