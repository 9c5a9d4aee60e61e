import type { Communication, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'

/** The code of a message in a thread, and of the note that somebody has seen it. */
export const messageCode = 'message'
export const messageSeenCode = 'message-seen'

/**
 * Who reads a thread. `team`: professionals who may see the record. `person`: they and the person. `carers`: they, the person
 * and the carers with whom the conversation is shared.
 */
const messageReaders = ['person', 'carers', 'team'] as const
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
