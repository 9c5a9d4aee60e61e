import type { PlanDefinition, RequestGroup, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** The code of the definition of a programme, and the one of a person’s way through it. */
export const programmeCode = 'programme'
export const programmeEntryCode = 'programme-entry'

type Concept = { coding?: { system?: string; code?: string }[] } | undefined

const hasCode = (concept: Concept, code: string) =>
  concept?.coding?.some((each) => each.system === gableCodeSystem && each.code === code) ?? false

export const isProgramme = (resource: Resource): resource is PlanDefinition =>
  resource.resourceType === 'PlanDefinition' && hasCode(resource.type, programmeCode)

export const isProgrammeEntry = (resource: Resource): resource is RequestGroup =>
  resource.resourceType === 'RequestGroup' && hasCode(resource.code, programmeEntryCode)
