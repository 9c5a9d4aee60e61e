import type { Consent, Resource } from '@medplum/fhirtypes'
import { optOutKindsIn } from '#domain/opt-out/is-opt-out.ts'
import { toldHowIn } from '#domain/opt-out/opt-out-fhir.ts'
import { changedElements } from './record-access-kind.ts'

/** What is wrong with somebody else's change of what a person agreed to or ended. */
export type Rewording = 'words-of-another' | 'error-unexplained' | 'said-by-patient'

const over: readonly (Consent['status'] | undefined)[] = [
  'inactive',
  'rejected',
  'entered-in-error',
]
const waiting: readonly (Consent['status'] | undefined)[] = ['draft', 'proposed']

const reason = 'entered-in-error-why'

/**
 * A Consent that the person agreed to may be ended, and one that was never theirs may be marked as an error with a
 * reason: in both cases its content stays. An ended share is started again, not changed into something else.
 */
export function rewordingOf(before: Resource | undefined, after: Resource): Rewording | undefined {
  if (before?.resourceType !== 'Consent' || after.resourceType !== 'Consent') return undefined
  const changed = changedElements(before, after)
  if (changed.length === 0) return undefined
  if (optOutKindsIn(before).length > 0) return takenBackFault(before, after)
  const isOver = over.includes(after.status)
  if (waiting.includes(before.status) && !isOver) return undefined
  if (!isOver || changed.some((name) => name !== 'status' && name !== `extension:${reason}`))
    return 'words-of-another'
  return endFault(before, after, changed)
}

/**
 * A no that the person gave themselves is taken back by them alone: ending it opens something. One that was written
 * down for them may be taken back in the same way.
 */
function takenBackFault(before: Consent, after: Consent): Rewording | undefined {
  const isTakenBack = before.status === 'active' && after.status !== 'active'
  return isTakenBack && toldHowIn(before) === undefined ? 'said-by-patient' : undefined
}

function endFault(before: Consent, after: Consent, changed: readonly string[]) {
  const isError = after.status === 'entered-in-error'
  const isNew = changed.includes('status')
  if (!isError || !isNew)
    return over.includes(before.status) || changed.length > 1 ? 'words-of-another' : undefined
  const why = after.extension?.find(({ url }) => url.endsWith(`/fhir/${reason}`))?.valueString
  return why?.trim() ? undefined : 'error-unexplained'
}
