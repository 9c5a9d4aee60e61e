import type { Communication, Resource } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { noteToFhir } from '#domain/contact/note-fhir.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'

const category = 'death-withdrawn'

/** Why a record of a death was wrong, as a note between professionals. */
export function deathWithdrawal({
  id,
  person,
  words,
  by,
  at,
}: WrittenBy & Readonly<{ id: string; person: string; words: string }>): Communication & {
  id: string
} {
  const note = noteToFhir({ id, person, text: words.trim(), by, at })
  return { ...note, category: [...(note.category ?? []), ownCode(category)] }
}

/** Says why a record of a death was wrong, in words. */
export const isDeathWithdrawal = (resource: Resource): boolean =>
  resource.resourceType === 'Communication' &&
  hasMessageCategory(resource, category) &&
  (resource.payload?.[0]?.contentString ?? '').trim() !== ''
