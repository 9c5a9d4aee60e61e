import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from '@medplum/fhirtypes'
import { gableUrl, hl7CodeSystem } from '#domain/fhir/codes.ts'
import { searchParametersOf } from '#server/fhir/search-parameters.ts'
import { storedTypes } from '#server/fhir/stored-types.ts'
import type { Operation } from './operation.ts'
import { operationRegistry } from './registry.ts'

const securityServices = hl7CodeSystem('restful-security-service')

/** The CapabilityStatement, made from the same tables that serve. Public: it says nothing about anyone. */
export function metadataOf(base: string, now: Date): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: now.toISOString(),
    kind: 'instance',
    software: { name: 'Gable' },
    implementation: { description: 'Gable', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          service: [
            {
              coding: [
                { system: securityServices, code: 'SMART-on-FHIR', display: 'SMART-on-FHIR' },
              ],
              text: 'OAuth 2.0 for programs: SMART backend services, client credentials',
            },
          ],
          description:
            'A session token as Bearer or cookie; for programs, where the service allows them, an access token with system scopes (see .well-known/smart-configuration). Role, relation and consent decide what each can access.',
        },
        resource: [...storedTypes.map(resourceOf), auditEvents],
        interaction: [{ code: 'transaction' }, { code: 'batch' }, { code: 'history-system' }],
        operation: operationRegistry.filter((each) => each.on === 'system').map(named),
      },
    ],
  }
}

const auditEvents: CapabilityStatementRestResource = {
  type: 'AuditEvent',
  documentation: 'The audit log: searched for one person at a time, written by the service only',
  interaction: [{ code: 'search-type' }],
  searchParam: [
    { name: 'patient', type: 'reference' },
    { name: 'date', type: 'date' },
  ],
}

const interactions = [
  ...(['read', 'vread', 'update', 'patch', 'delete'] as const),
  ...(['history-instance', 'history-type', 'create', 'search-type'] as const),
]

function resourceOf(type: string): CapabilityStatementRestResource {
  const own = operationRegistry.filter(
    (each) => each.on !== 'system' && (each.type === undefined || each.type === type),
  )
  const parameters = [...searchParametersOf(type).values()].filter(
    (each) => each.kind !== 'special',
  )
  const references = parameters.filter((each) => each.kind === 'reference')
  return {
    type: type as CapabilityStatementRestResource['type'],
    interaction: interactions
      .filter((code) => type !== 'Patient' || code !== 'delete')
      .map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'not-match',
    conditionalUpdate: true,
    conditionalDelete: type === 'Patient' ? 'not-supported' : 'single',
    referencePolicy: ['literal'],
    searchInclude: references.map((each) => `${type}:${each.code}`),
    searchParam: [
      { name: '_id', type: 'token' },
      { name: '_lastUpdated', type: 'date' },
      ...parameters.map(
        (each): CapabilityStatementRestResourceSearchParam => ({
          name: each.code,
          type: each.kind,
        }),
      ),
    ],
    ...(own.length > 0 ? { operation: distinct(own).map(named) } : {}),
  }
}

/** An operation served on the type and on the record is listed once. */
function distinct(operations: readonly Operation[]): readonly Operation[] {
  return [...new Map(operations.map((each) => [each.name, each])).values()]
}

function named(operation: { name: string; purpose: string; on: string; type?: string }) {
  const where = operation.on === 'system' ? 'System' : (operation.type ?? 'Resource')
  return {
    name: operation.name,
    definition: gableUrl(`OperationDefinition/${where}-${operation.name}`),
    documentation: operation.purpose,
  }
}
