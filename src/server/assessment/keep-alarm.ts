import type { Flag, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isAlarm } from '#domain/alert/open-safety.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

/** What an alert is about, and that it is one. */
const lasting = ['category', 'code', 'subject', 'extension:about']

/**
 * An alert raised by answers stays, no matter who wrote the answers down and how somebody tries to remove it: what was
 * done is recorded on it, and then it is closed. `after` is absent on a deletion. Throws 403, and 422 if it is closed
 * without a reason.
 */
export function mustKeepAlarm(before: Resource | undefined, after: Resource | undefined): void {
  if (!isAlarm(before)) return
  const changed = after && changedElements(before, after)
  if (!changed || changed.some((each) => lasting.includes(each)))
    throw forbidden(
      'A safety alert raised by answers cannot be deleted or turned into something else: record what was done, and close it',
    )
  mustSayWhy(before, after)
}

const said = /\/(closing|safety-action)$/

function mustSayWhy(before: Flag, after: Resource): void {
  const { status, extension = [] } = after as Flag
  if (before.status !== 'active' || status === 'active') return
  if (extension.some(({ url }) => said.test(url))) return
  const text = 'Record on the alert itself what was done, or why it is closed'
  throw new FhirProblem(422, 'business-rule', text, { expression: 'Flag.extension' })
}
