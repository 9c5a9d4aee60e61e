import type { Parameters } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import {
  applyTemplateAnswer,
  applyTemplateRequest,
} from '#domain/template/apply-template-request.ts'
import { templateNamed } from '#domain/template/built-in-templates.ts'
import type { Template } from '#domain/template/template.ts'
import { planDefinitionId, templateItemToFhir } from '#domain/template/template-fhir.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { refuseAfterDeath } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'

const way = '$apply-template'

/**
 * Suggests the items of a template for a person. What was suggested before, taken or dismissed, never comes again: its
 * id is made of the template, the item and the person, whichever version and whoever applies it.
 */
export const applyTemplateOperation: Operation = {
  name: 'apply-template',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Suggests the items of a template for a person: template, and item for each of some; what was suggested before never comes again',
  async run(call) {
    const { context, id: person = '' } = call
    const { template: name, items } = askedParameters(call, applyTemplateRequest)
    await mustBeInCare(context, person)
    const template = templateNamed(name)
    if (!template) throw new FhirProblem(404, 'not-found', 'There is no such template')
    return await withinRecord(
      context,
      async (inside) => await suggested(inside, { person, template, items }),
      person,
    )
  },
}

async function mustBeInCare(context: RequestContext, person: string): Promise<void> {
  const { actor } = context
  const relation = await relationTo(context, person)
  const isInCare = relation === 'named' || relation === 'related'
  if (!isStaff(actor) || !actor.practitioner || !isInCare)
    throw forbidden('Only professionals who care for the person can apply a template')
}

type Applying = Readonly<{ person: string; template: Template; items: readonly string[] }>

async function suggested(
  context: RequestContext,
  { person, template, items }: Applying,
): Promise<Parameters> {
  const { service, now } = context
  // two people who apply it at once wait for each other
  await service.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${way} ${person}`,
  ])
  if (await isRetired(context, template.id))
    throw new FhirProblem(422, 'business-rule', 'This template has been retired')
  const chosen = template.items.filter(({ id }) => items.length === 0 || items.includes(id))
  const tasks = chosen.map((item) =>
    templateItemToFhir({
      ...{ id: itemIdFor(template.id, item.id, person), person, template, item },
      ...{ by: writerOf(context, person).who, at: now.toISOString() },
    }),
  )
  const known = await service.store.readAll(
    tasks.map(({ id }) => ({ type: 'Task', id })),
    everyone,
  )
  const fresh = tasks.filter(({ id }) => !known.has(`Task/${id}`))
  for (const resource of fresh)
    await refuseAfterDeath(context, resource, { person, before: undefined })
  const requests = fresh.map((resource) => ({
    ...{ resource, person, expect: 'absent' as const, room: accessLabelOf(resource) },
    vouched: false,
  }))
  const written = await service.store.writeMany(requests)
  const done = requests.map((request, at) => ({
    ...{ request, act: 'C' as const, person, written: written[at] },
  }))
  await noteWritten(context, done, way)
  return applyTemplateAnswer.write({
    ...{ suggested: fresh.length, before: tasks.length - fresh.length },
  })
}

const itemIdFor = (template: string, item: string, person: string) =>
  `item-${sha256Hex(`${template} ${item} ${person}`).slice(0, 40)}`

/** An administrator has taken it out of use. */
async function isRetired({ service }: RequestContext, template: string): Promise<boolean> {
  const stored = await service.store.read('PlanDefinition', planDefinitionId(template), everyone)
  return stored?.resource?.resourceType === 'PlanDefinition' && stored.resource.status === 'retired'
}
