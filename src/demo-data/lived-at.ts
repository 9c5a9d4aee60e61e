import type { Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { writtenFrom } from '#domain/fhir/references-and-extensions.ts'
import { isPlanRecord } from '#domain/plan/plan-record.ts'

/**
 * The instant at which a record of a plan, of the talk about it or of a case was written, as it says itself. The
 * demonstration stores it then: else every page that goes by the clock of the service would tell of today. Undefined for
 * all others.
 */
export function livedAt(resource: Resource): string | undefined {
  const said = saidIn(resource)
  if (!said) return undefined
  return said.includes('T') ? said : `${said}T10:00:00Z`
}

function saidIn(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'CarePlan':
      return resource.created
    case 'Goal':
      return resource.startDate
    case 'Task':
      return resource.executionPeriod?.end ?? resource.authoredOn
    case 'Condition':
      return isPlanRecord(resource) ? resource.recordedDate : undefined
    case 'Observation':
      return isOfPlan(resource) ? resource.effectiveDateTime : undefined
    default:
      return ofTalk(resource)
  }
}

const isOfPlan = (resource: Resource & { resourceType: 'Observation' }) =>
  isPlanRecord(resource) ||
  (resource.code.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code !== 'cost-12-months',
  ) ??
    false)

function ofTalk(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'Provenance':
      return resource.recorded
    case 'Communication':
      return resource.sent
    case 'QuestionnaireResponse':
      return resource.authored
    case 'Basic':
      return writtenFrom(resource, undefined)?.at
    case 'ServiceRequest':
      return resource.authoredOn
    case 'Consent':
      return resource.dateTime
    case 'EpisodeOfCare':
    case 'CareTeam':
      return startOf(resource)
    default:
      return undefined
  }
}

const startOf = (resource: Resource & { resourceType: 'EpisodeOfCare' | 'CareTeam' }) =>
  resource.resourceType === 'EpisodeOfCare'
    ? resource.period?.start
    : resource.participant?.[0]?.period?.start
