import type { Communication, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'

/** The code of a message in a thread, and of the note that somebody has seen it. */
export const messageCode = 'message'
export const messageSeenCode = 'message-seen'

/**
 * Who reads a thread. `team`: professionals who may see the record. `person`: they and the person. `carers`: they, the person
 * and every carer with whom the conversation is shared. `carer`: they, the person and the carers whom it names as recipients.
 */
const messageReaders = ['person', 'carers', 'carer', 'team'] as const
export type MessageReaders = (typeof messageReaders)[number]

const isOf = (resource: Resource | undefined, code: string): resource is Communication =>
  resource?.resourceType === 'Communication' &&
  (resource.category ?? []).some(({ coding }) =>
    coding?.some((each) => each.system === gableCodeSystem && each.code === code),
  )

export const isThreadMessage = (resource: Resource | undefined): resource is Communication =>
  isOf(resource, messageCode)

export const isMessageSeen = (resource: Resource | undefined): resource is Communication =>
  isOf(resource, messageSeenCode)

/** Undefined for another message, and where it does not say. */
export function readersOf(resource: Resource | undefined): MessageReaders | undefined {
  if (!isThreadMessage(resource)) return undefined
  const said = resource.extension?.find(({ url }) => url === gableUrl('message-readers'))?.valueCode
  return messageReaders.find((each) => each === said)
}

/** Between the person and professionals: no carer reads it, whatever is shared with them. */
export const isMessageWithPerson = (resource: Resource): boolean => readersOf(resource) === 'person'

/** Ids of the carers whom a thread between carers and the team names; undefined for any other message. */
export function carersOfMessage(resource: Resource | undefined): readonly string[] | undefined {
  if (readersOf(resource) !== 'carer' || resource?.resourceType !== 'Communication')
    return undefined
  const named = (resource.recipient ?? []).map(({ reference }) => referenceTarget(reference ?? ''))
  return named.flatMap((each) => (each?.type === 'RelatedPerson' ? [each.id] : []))
}
