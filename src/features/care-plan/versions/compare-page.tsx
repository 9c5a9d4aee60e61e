import { Trans } from '@lingui/react/macro'
import { ComparePlan } from '#features/parts/plan-versions/compare-plan.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useStaffReader } from './staff-reader.ts'

/** Any two versions of a person’s plan, for staff. */
export function ComparePage() {
  const reader = useStaffReader()
  const { plan } = reader.house
  return plan ? <ComparePlan reader={reader} planId={plan.id} /> : <NoVersions />
}

/** Before a plan was started. */
export function NoVersions() {
  return (
    <>
      <PageHeading title={<Trans>Earlier versions</Trans>} />
      <EmptyState title={<Trans>No plan yet</Trans>}>
        <p>
          <Trans>There are no earlier versions, because no plan was started.</Trans>
        </p>
      </EmptyState>
    </>
  )
}
