import type { Resource } from '@medplum/fhirtypes'
import { type Decision, decide } from '#domain/access/decide.ts'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { type Labelling, labellingOf } from '#domain/access/labels/labelling.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'

const labels: Readonly<Partial<Record<Decision['why'], string>>> = {
  'never-kept-from-her':
    'It is labelled for professionals only, but what a person wrote, agreed, promised or was told cannot be hidden from them',
}

/**
 * Why the importer may not bring in a record of a person; undefined when she may. Asked as for clinical records: whose
 * words a record holds is not asked, for an import brings the words of others. Who opened a record in an emergency
 * brings nothing into it, least of all a place for herself in the team. `before`: what an earlier import brought, which this one would replace.
 */
export async function mayNotBring(
  context: RequestContext,
  resource: Resource,
  { person, before }: Readonly<{ person: string; before?: Resource }>,
): Promise<string | undefined> {
  const labelling = broughtLabels(resource, before)
  const decision = decide({
    actor: context.actor,
    ...{ act: 'create', kind: 'clinical', room: accessLabelOf(resource) },
    relation: await relationTo(context, person),
    labelling,
  })
  if (decision.allowed) return undefined
  return labels[decision.why] ?? 'Your access to this person does not allow you to import this'
}

/** Other systems label without saying why: what they say of it is kept as it is. */
function broughtLabels(after: Resource, before: Resource | undefined): Labelling | undefined {
  const from = before && accessLabelOf(before)
  const labelling = labellingOf({ before, after, from, to: accessLabelOf(after) })
  return labelling && { ...labelling, explained: true }
}
