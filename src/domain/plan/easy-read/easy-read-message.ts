import type { Communication, CommunicationPayload } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import {
  extensionOf,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { type EasyLine, type EasyRead, easyPictures } from './easy-read.ts'

/**
 * A message from whoever wrote the easy words, about exactly one version of one record: it is in the room of that
 * record, and nobody can write it in another's name.
 */
export const isEasyRead = (message: Communication): boolean =>
  hasMessageCategory(message, 'easy-read')

/** Undefined for other messages, and for one that was taken back. */
export function easyReadFromMessage(message: Communication): EasyRead | undefined {
  const by = whoFrom(message.sender)
  const retells = sourceOf(message)
  if (!isEasyRead(message) || !by || !retells || message.status === 'entered-in-error')
    return undefined
  const storedAt = message.meta?.lastUpdated
  return {
    ...{ id: message.id ?? '', ...retells },
    person: idIn(message.subject?.reference),
    detail: textIn(message, 'easy-detail'),
    retold: textIn(message, 'easy-retold'),
    lines: (message.payload ?? []).map(lineFrom).filter(({ words }) => words !== ''),
    withPerson: extensionOf(message, 'easy-with-person')?.valueBoolean ?? false,
    by,
    at: message.sent ?? storedAt ?? '',
    ...(storedAt ? { kept: storedAt } : {}),
  }
}

const textIn = (message: Communication, name: string) =>
  extensionOf(message, name)?.valueString ?? ''

function sourceOf({ about }: Communication) {
  const reference = about?.[0]?.reference ?? ''
  const target = referenceTarget(reference)
  if (!target) return undefined
  const version = /_history\/([^/]+)$/.exec(reference)?.[1] ?? ''
  return { source: `${target.type}/${target.id}`, version }
}

function lineFrom(payload: CommunicationPayload): EasyLine {
  const shows = extensionOf(payload, 'easy-picture')?.valueCode
  const picture = easyPictures.find((each) => each === shows)
  return { words: payload.contentString ?? '', ...(picture ? { picture } : {}) }
}

export function easyReadToMessage(
  easy: Omit<EasyRead, 'kept' | 'retold'>,
): Communication & { id: string } {
  const version = easy.version ? `/_history/${easy.version}` : ''
  return {
    resourceType: 'Communication',
    id: easy.id,
    status: 'completed',
    category: [ownCode('easy-read')],
    subject: { reference: `Patient/${easy.person}` },
    about: [{ reference: `${easy.source}${version}` }],
    sender: referenceTo(easy.by),
    sent: easy.at,
    payload: easy.lines.map(({ words, picture }) => ({
      contentString: words,
      ...withExtensions(undefined, { 'easy-picture': picture ? [{ valueCode: picture }] : [] }),
    })),
    ...withExtensions(undefined, {
      'easy-detail': easy.detail ? [{ valueString: easy.detail }] : [],
      'easy-with-person': easy.withPerson ? [{ valueBoolean: true }] : [],
    }),
  }
}

/** As the server stores it: with the text that it retells, which it took from the record itself. */
export const withRetold = <M extends Communication>(message: M, retold: string): M => ({
  ...message,
  ...withExtensions(message, { 'easy-retold': retold ? [{ valueString: retold }] : [] }),
})
