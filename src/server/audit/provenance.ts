import type { Provenance, Reference, Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { type AccessLabel, accessLabelOf } from '#domain/access/labels/access-label.ts'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { authorOf, supportersOf } from '#domain/access/record-access-kind.ts'
import { hl7CodeSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isPlanRecord, madeHere } from '#domain/plan/plan-record.ts'
import { sha256Hex } from '#server/sha256.ts'
import { agentOf } from './audit-log.ts'

/** One version of a record that an actor has just written; for a deletion the record before it. */
export type ProvenanceEntry = Readonly<{
  resource: ResourceWithId
  version: number
  act: 'C' | 'U' | 'D'
  person: string | undefined
  /** its room, as far as that is known before it is written */
  room: AccessLabel | undefined
  /** the record before, if the writer has read it */
  before?: Resource | undefined
}>

const activities = { C: 'CREATE', U: 'UPDATE', D: 'DELETE' } as const

const serviceTells: readonly unknown[] = ['change-access', 'change-home']

/** True for what the service itself records about who wrote a plan: nobody changes it by hand or imports it. */
export function isWrittenByService(resource: { resourceType: string; id?: string }): boolean {
  if (resource.resourceType !== 'Provenance') return false
  // its shape has not been checked yet
  const coding: unknown = (resource as Provenance).activity?.coding
  const isToldHere =
    Array.isArray(coding) &&
    coding.some(
      (each) => each?.system === professionalOnly.system && serviceTells.includes(each.code),
    )
  return isToldHere || (resource.id?.startsWith(madeHere) ?? false)
}

/**
 * Who wrote this version of a plan's record, and in whose name; undefined for what is not part of a plan. Its id is
 * derived from its target: written twice it is the same record. It names no person as target, so that the answers to a
 * plan are found without it. For a version of a plan it names what made it (`made`): the order of commits, which no clock
 * tells, stays with the record. `taken`: the suggestions whose words this version took.
 */
export function provenanceOf(
  actor: Actor,
  authored: ProvenanceEntry,
  facts: Readonly<{
    now: Date
    made: ReadonlyMap<string, readonly string[]>
    taken?: readonly string[]
  }>,
): (Provenance & { id: string }) | undefined {
  const { resource, version, act } = authored
  if (!isPlanRecord(resource)) return undefined
  const target = `${resource.resourceType}/${resource.id}/_history/${version}`
  const behalf = onBehalfOf(actor, resource)
  const { now, made, taken = [] } = facts
  const parts = [...(made.get(target) ?? []), ...taken]
  return {
    resourceType: 'Provenance',
    id: idOfWriterNote(target),
    ...(accessLabelOf(resource) === 'professional'
      ? { meta: { security: [professionalOnly] } }
      : {}),
    target: [{ reference: target }],
    recorded: now.toISOString(),
    activity: {
      coding: [
        {
          system: hl7CodeSystem('v3-DataOperation'),
          code: activities[act],
        },
      ],
    },
    agent: [
      {
        who: whoIs(actor),
        role: [{ coding: [{ system: professionalOnly.system, code: actor.role }] }],
        ...(behalf ? { onBehalfOf: behalf } : {}),
      },
    ],
    ...(parts.length > 0
      ? { entity: parts.map((reference) => ({ role: 'source' as const, what: { reference } })) }
      : {}),
  }
}

export function whoIs(actor: Actor): Provenance['agent'][number]['who'] {
  const reference = agentOf(actor)
  const { system } = professionalOnly
  const named = reference ? { reference } : { identifier: { system, value: actor.identity } }
  return { ...named, display: actor.name }
}

/** The person whose words were written down; otherwise the organisation for which the writer works. */
function onBehalfOf(actor: Actor, resource: Resource): Reference<never> | undefined {
  const me = agentOf(actor)
  const author = authorOf(resource)
  const wroteDown = me !== undefined && supportersOf(resource).includes(me) && author !== me
  if (wroteDown && author) return { reference: author }
  return actor.organisation ? { reference: `Organization/${actor.organisation}` } : undefined
}

/** `target`: for example `Goal/1/_history/2`. */
export function idOfWriterNote(target: string): string {
  return `${madeHere}${sha256Hex(target).slice(0, 40)}`
}
