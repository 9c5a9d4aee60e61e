import type { Communication } from '@medplum/fhirtypes'
import { createOnce } from '#client/fhir/create-once.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'

type Said = Communication & { id: string }

const mostCorrections = 9

/**
 * Writes what somebody said and what then stays as it is. If an earlier try arrived after all and was corrected since, that one
 * is marked as an error and the corrected one stands beside it. The caller keeps the id over retries. `exact`: moments that
 * somebody typed, and that are no time of sending.
 */
export async function createSaid(
  said: Said,
  { exact = [] }: Readonly<{ exact?: readonly string[] }> = {},
): Promise<void> {
  for (let copy = 1; ; copy += 1) {
    const id = copy === 1 ? said.id : `${said.id}-${copy}`
    try {
      return await createOnce({ ...said, id }, { exact })
    } catch (error) {
      if (copy > mostCorrections || !(await isTakenBack(said, id, error))) throw error
    }
  }
}

/** Whether another wording stands under this id, and is marked as an error now. */
async function isTakenBack(said: Said, id: string, error: unknown): Promise<boolean> {
  if (!(error instanceof FhirError) || !['forbidden', 'stale'].includes(error.kind)) return false
  const standing = await fhir.find('Communication', id)
  if (!standing || standing.sender?.reference !== said.sender?.reference) return false
  if (standing.status !== 'entered-in-error')
    await fhir.update({ ...standing, id, status: 'entered-in-error' })
  return true
}
