import type { Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isVoiceChange } from '#domain/voice/voice-change.ts'
import { forbidden } from '#server/problem.ts'

/** What was changed after somebody’s words is written through its operation, which knows who may. Throws 403. */
export function guardVoiceChange(resource: Resource, before: Resource | undefined): void {
  if (!isVoiceChange(resource) && !(before && isVoiceChange(before))) return
  if (before && changedElements(before, resource).length === 0) return
  throw forbidden('What was changed because of somebody’s words is written with $note-voice-change')
}

/** Throws 403. */
export function mustStayOfVoices(stored: Resource): void {
  if (isVoiceChange(stored))
    throw forbidden('What was changed because of somebody’s words is not deleted')
}
