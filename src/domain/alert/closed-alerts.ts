import type { Flag } from '@medplum/fhirtypes'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'

const prefix = 'alert-'

/**
 * Ids of the readings and hospital stays whose alert a member of staff has closed: Flags `alert-<id>` that are inactive. A
 * long id is cut in the Flag’s, and named in full by what the Flag is about.
 */
export function closedAlerts(flags: readonly Flag[]): readonly string[] {
  return flags.flatMap((flag) => {
    const { id, status } = flag
    if (!id?.startsWith(prefix) || status !== 'inactive') return []
    const about = extensionOf(flag, 'about')?.valueReference?.reference?.split('/')[1]
    return [about ?? id.slice(prefix.length)]
  })
}
