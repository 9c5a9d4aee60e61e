import type { Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** Code of a Task that suggests other words for a sentence of somebody else. */
export const suggestedChangeCode = 'suggest-words'

/** True for other words that somebody suggests for a sentence of the plan: the person sees it, and its owner decides. */
export const isSuggestedChange = (resource: Resource | undefined): boolean =>
  resource?.resourceType === 'Task' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === suggestedChangeCode,
  ) ??
    false)
