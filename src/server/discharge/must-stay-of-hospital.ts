import type { Resource } from '@medplum/fhirtypes'
import { isDischargeLetter } from '#domain/discharge/discharge-letter.ts'
import { isReconciliation } from '#domain/discharge/reconciled-row.ts'
import { isAboutStay } from '#domain/discharge/stay-message.ts'
import { forbidden } from '#server/problem.ts'

/** What was said and done about a stay in hospital stays, also for the one who wrote it. Throws 403. */
export function mustStayOfHospital(stored: Resource): void {
  if (stored.resourceType === 'Communication' && isAboutStay(stored))
    throw forbidden('What was said about a stay stays. It can only be marked as an error')
  if (isDischargeLetter(stored))
    throw forbidden('A letter stays as it came. It can only be marked as an error')
  if (isReconciliation(stored))
    throw forbidden('The medicines of a stay are not deleted. Say in a row what is true now')
}
