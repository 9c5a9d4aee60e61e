import type { Resource } from '@medplum/fhirtypes'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { eventToFhir } from '#domain/agreement/fhir.ts'
import { whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { tellsOfChange } from '#domain/plan/agreed-content.ts'
import { progressOf, type Telling, tellingOf } from '#domain/plan/house/telling-of.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { WriteRequest } from '#server/store/store.ts'

/** A version of a record that was written, and the record before it. */
export type Told = ProvenanceEntry & Readonly<{ person: string; stood: Resource | undefined }>

const targetOf = ({ resource, version }: ProvenanceEntry) =>
  `${resource.resourceType}/${resource.id}/_history/${version}`

const tellingAbout = ({ act, resource, stood }: Told): Telling =>
  act === 'D' ? { ...tellingOf(resource), kind: 'remove-part' } : tellingOf(resource, stood)

/**
 * For "since you last looked", and for what a person is shown as new before answering: one line for each kind of
 * change. `made`: the version of the plan that it made.
 */
export function toldOf(
  context: RequestContext,
  person: string,
  changes: readonly Told[],
  made?: string,
): readonly WriteRequest[] {
  const reference = agentOf(context.actor)
  const by = whoFrom({ ...(reference ? { reference } : {}), display: context.actor.name })
  if (!by) return []
  const groups = [...Map.groupBy(changes, (each) => tellingAbout(each).kind).values()]
  return groups.map((some) => {
    const { kind, room } = tellingAbout(some[0] as Told)
    const targets = [...some.map(targetOf), ...(made ? [made] : [])]
    const facts = {
      id: crypto.randomUUID(),
      kind,
      room,
      by,
      targets,
      at: context.now.toISOString(),
    }
    const resource = eventToFhir(facts, person)
    const rooms = some.flatMap((each) => each.room ?? [])
    return {
      ...{ resource, person, expect: 'absent' as const },
      room: accessLabelOf(resource, made ? ['roof', ...rooms] : rooms),
    }
  })
}

/**
 * That a step was done, taken up again or declined, and that a goal was reached: news of the plan, though its words and
 * its version stay. Not what the writer has told in our own terms.
 */
export function progressTold(
  context: RequestContext,
  moved: readonly Told[],
  authored: readonly ProvenanceEntry[],
): readonly WriteRequest[] {
  const said = new Set(
    authored.flatMap(({ resource }) =>
      resource.resourceType === 'Provenance' && tellsOfChange(resource)
        ? resource.target.map((each) => each.reference)
        : [],
    ),
  )
  const untold = moved.filter(
    (each) => each.act === 'U' && isOfAPlan(each.resource) && !said.has(targetOf(each)),
  )
  const news = untold.filter(({ resource, stood }) => progressOf(resource, stood) !== undefined)
  const byPerson = Map.groupBy(news, ({ person }) => person)
  return [...byPerson].flatMap(([person, some]) => toldOf(context, person, some))
}

/** A goal, or a step of a goal or of the plan: other tasks are no part of a house. */
function isOfAPlan(resource: Resource): boolean {
  if (resource.resourceType === 'Goal') return true
  if (resource.resourceType !== 'Task' || resource.intent !== 'order') return false
  return [resource.focus, ...(resource.basedOn ?? [])].some((each) =>
    /^(Goal|CarePlan)\//.test(each?.reference ?? ''),
  )
}
