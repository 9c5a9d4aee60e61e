import type { CodeableConcept, Communication } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { hl7CodeSystem } from '#domain/fhir/codes.ts'
import { idIn, ownCode, referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Contact, ContactWay } from './contact.ts'

const modes = hl7CodeSystem('v3-ParticipationMode')
const modeOf: Readonly<Record<ContactWay, string>> = { call: 'PHONE', visit: 'FACE' }

/** The category that marks a contact, also for `$today`. */
export const contactCategory: CodeableConcept = ownCode('contact')

/** A contact that was made is completed; an attempt that reached nobody is `not-done`, with its reason. */
export function contactToFhir(contact: Contact): Communication & { id: string } {
  const { id, person, way, reached, words, by, at } = contact
  return {
    ...{ resourceType: 'Communication', id, category: [contactCategory] },
    medium: [{ coding: [{ system: modes, code: modeOf[way] }] }],
    subject: { reference: `Patient/${person}` },
    ...{ sender: referenceTo(by), sent: at },
    ...(reached
      ? { status: 'completed', payload: [{ contentString: words }] }
      : { status: 'not-done', statusReason: { text: words } }),
  }
}

/** Undefined for messages of another kind, and for withdrawn ones. */
export function contactFromFhir(message: Communication): Contact | undefined {
  const by = whoFrom(message.sender)
  const { status, sent } = message
  if (!hasMessageCategory(message, 'contact') || !by || !sent) return undefined
  if (status !== 'completed' && status !== 'not-done') return undefined
  const isVisit = message.medium?.some((each) =>
    each.coding?.some((one) => one.code === modeOf.visit),
  )
  return {
    ...{ id: message.id ?? '', person: idIn(message.subject?.reference) },
    ...{ way: isVisit ? 'visit' : 'call', reached: status === 'completed', by, at: sent },
    words: message.payload?.[0]?.contentString ?? message.statusReason?.text ?? '',
  }
}
