import type { Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'

const answers: readonly string[] = ['agree', 'disagree']

function isAnswer(resource: Resource): boolean {
  if (resource.resourceType !== 'Provenance') return false
  return (
    resource.activity?.coding?.some((each) => each.code && answers.includes(each.code)) ?? false
  )
}

function ownReferences(actor: Actor): readonly string[] {
  return [
    ...(actor.person ? [`Patient/${actor.person}`] : []),
    ...(actor.caresFor ?? []).map((each) => `RelatedPerson/${each.relatedPerson}`),
    ...(actor.practitioner ? [`Practitioner/${actor.practitioner}`] : []),
  ]
}

/**
 * Why this actor may not write this answer to a plan; undefined when he may (or when it is no answer).
 * Nobody says yes in the name of another: every agent must be the one who is signed in.
 */
export function agreementRefusal(
  actor: Actor,
  resource: Resource,
): 'in-the-name-of-another' | undefined {
  if (resource.resourceType !== 'Provenance' || !isAnswer(resource)) return undefined
  const own = ownReferences(actor)
  const allOwn = resource.agent.every((agent) => own.includes(agent.who?.reference ?? ''))
  const behalf = resource.agent.some((agent) => agent.onBehalfOf !== undefined)
  return allOwn && !behalf ? undefined : 'in-the-name-of-another'
}
