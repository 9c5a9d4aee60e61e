import type { Flag } from '@medplum/fhirtypes'

const prefix = 'alert-'

/** Ids of the readings and hospital stays whose alert a member of staff has closed: Flags `alert-<id>` that are inactive. */
export function closedAlerts(flags: readonly Flag[]): readonly string[] {
  return flags.flatMap(({ id, status }) =>
    id?.startsWith(prefix) && status === 'inactive' ? [id.slice(prefix.length)] : [],
  )
}
