import { OldPlan } from '#features/parts/plan-versions/old-plan.tsx'
import { NoVersions } from './compare-page.tsx'
import { useStaffReader } from './staff-reader.ts'

/** A person’s plan as it stood on another day, for staff. */
export function BeforePage() {
  const reader = useStaffReader()
  const { plan } = reader.house
  return plan ? <OldPlan reader={reader} planId={plan.id} /> : <NoVersions />
}
