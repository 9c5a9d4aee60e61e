import type { Resource } from '@medplum/fhirtypes'
import { recordAccessKind } from '#domain/access/record-access-kind.ts'

/** How the ids of the service's own records start: nobody else writes one. */
export const madeHere = 'written-'

/** True for the service's note of who wrote one version of a record: it comes with that version and changes no plan. */
export const isNoteOfWriter = (type: string, id: string): boolean =>
  type === 'Provenance' && /^written-(?!access-)/.test(id)

/** Tasks of the service beside the plan: work of staff, referrals in progress, one practice asking another. */
const besideThePlan = ['staff-task', 'referral', 'registration-handover']

/** True for what a plan is made of: each version of it says who wrote it. */
export function isPlanRecord(resource: Resource): boolean {
  switch (resource.resourceType) {
    case 'CarePlan':
    case 'CareTeam':
    case 'Goal':
      return true
    case 'Task':
      return (
        resource.intent !== 'proposal' &&
        !resource.code?.coding?.some((each) => besideThePlan.includes(each.code ?? ''))
      )
    case 'Observation':
      return recordAccessKind(resource) === 'about-me'
    case 'Condition':
      return resource.category?.some(isConcern) ?? false
    default:
      return false
  }
}

const isConcern = (category: { coding?: { code?: string }[] }) =>
  category.coding?.some((each) => each.code === 'health-concern') ?? false
