import type { Communication } from '@medplum/fhirtypes'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { ownCode, referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/** What one professional tells the others about a person; never shown to the person or to a carer. `at`: instant. */
type Note = Readonly<{
  id: string
  person: string
  text: string
  by: Who
  at: string
  /** why only named professionals may read it; absent: all who may see the record may */
  restrictedWhy?: string | undefined
}>

export function noteToFhir(note: Note): Communication & { id: string } {
  const { id, person, text, by, at, restrictedWhy } = note
  const closed = restrictedWhy === undefined ? [] : [restrictedBecause(restrictedWhy)]
  return {
    ...{ resourceType: 'Communication', id, status: 'completed', category: [ownCode('note')] },
    meta: { security: [{ ...professionalOnly }, ...closed] },
    subject: { reference: `Patient/${person}` },
    ...{ sender: referenceTo(by), sent: at, payload: [{ contentString: text }] },
  }
}

/** Undefined for messages of another kind, and for a note that is not between professionals. */
export function noteFromFhir(message: Communication): Note | undefined {
  const by = whoFrom(message.sender)
  const isBetween = message.meta?.security?.some((each) => each.code === professionalOnly.code)
  if (!by || !message.sent || !isBetween || !hasMessageCategory(message, 'note')) return undefined
  return {
    ...{ id: message.id ?? '', person: message.subject?.reference?.split('/')[1] ?? '' },
    ...{ text: message.payload?.[0]?.contentString ?? '', by, at: message.sent },
  }
}
