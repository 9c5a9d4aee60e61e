import type { Reference, Resource } from '@medplum/fhirtypes'
import { referenceTarget } from '#domain/fhir/reference-target.ts'

/** The elements in which FHIR R4 names who made a clinical statement, or stands for it. */
const authoring = [
  ...['author', 'asserter', 'recorder', 'performer', 'requester', 'assessor', 'source', 'sender'],
  ...['informationSource', 'expressedBy', 'interpreter', 'prescriber', 'attester'],
] as const

type Named = Reference & Readonly<{ actor?: Reference; party?: Reference; who?: Reference }>

/** The professionals in whose name a record speaks, as `Practitioner/id`; those of a role as `PractitionerRole/id`. */
export function claimedAuthors(resource: Resource): readonly string[] {
  if (resource.resourceType === 'Provenance') return []
  const elements = resource as unknown as Readonly<Record<string, Named | readonly Named[]>>
  const named = authoring.flatMap((name) => elements[name] ?? [])
  const references = named.flatMap((each) => {
    const { reference } = each.actor ?? each.party ?? each.who ?? each
    const target = reference ? referenceTarget(reference) : undefined
    return target?.type.startsWith('Practitioner') ? [`${target.type}/${target.id}`] : []
  })
  return [...new Set(references)]
}
