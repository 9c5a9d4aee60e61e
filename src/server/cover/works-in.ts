import { isWithinPeriod } from '#server/auth/record-match.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { rolesIn } from './kept-absences.ts'

/** Whether somebody, by reference, has a role in an organisation now. */
export async function worksIn(
  context: Pick<RequestContext, 'service' | 'now' | 'zone'>,
  who: string,
  organisation: string,
): Promise<boolean> {
  const { now, zone } = context
  const roles = await rolesIn(context, organisation)
  return roles.some(
    ({ practitioner, period }) =>
      practitioner?.reference === who && isWithinPeriod(period, { now, zone }),
  )
}
