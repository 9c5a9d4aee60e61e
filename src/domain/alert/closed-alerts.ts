import type { Flag } from '@medplum/fhirtypes'

const prefix = 'alert-'

/** Ids of the readings whose alert a member of staff has closed: Flags `alert-<reading>` that are inactive. */
export function closedReadings(flags: readonly Flag[]): readonly string[] {
  return flags.flatMap(({ id, status }) =>
    id?.startsWith(prefix) && status === 'inactive' ? [id.slice(prefix.length)] : [],
  )
}
