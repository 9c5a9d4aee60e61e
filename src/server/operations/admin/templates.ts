import type { Bundle } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { extensionOf, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import { retireTemplateRequest, templateCounts } from '#domain/template/apply-template-request.ts'
import { builtInTemplates, templateNamed } from '#domain/template/built-in-templates.ts'
import { templateItemCode } from '#domain/template/is-template-item.ts'
import { meetingTemplate } from '#domain/template/suggested-item.ts'
import { planDefinitionId, templateToFhir } from '#domain/template/template-fhir.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { Params } from '#server/store/params.ts'

/** Every template that comes with the product, as PlanDefinition, and whether it is in use here. */
export const templatesOperation: Operation = {
  name: 'templates',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose: 'The templates for common situations, as PlanDefinition, and which of them are retired',
  async run({ context }): Promise<Bundle> {
    const names = builtInTemplates.map(({ id }) => ({
      ...{ type: 'PlanDefinition', id: planDefinitionId(id) },
    }))
    const stored = await context.service.store.readAll(names, everyone)
    const definitions = builtInTemplates.map((template) => {
      const here = stored.get(`PlanDefinition/${planDefinitionId(template.id)}`)?.resource
      const retired = here?.resourceType === 'PlanDefinition' && here.status === 'retired'
      const why =
        here?.resourceType === 'PlanDefinition' ? extensionOf(here, 'retired-why') : undefined
      const definition = templateToFhir({ ...template, retired })
      return retired && why ? { ...definition, extension: [why] } : definition
    })
    return {
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: definitions.map((resource) => ({ resource })),
    }
  },
}

/** An administrator takes a template out of use, or back into it. What it suggested before stays. */
export const retireTemplateOperation: Operation = {
  name: 'retire-template',
  on: 'type',
  type: 'PlanDefinition',
  changes: true,
  purpose:
    'Takes a template out of use, or back into it: template, retired, reason; for administrators',
  async run(call) {
    if (call.actor.role !== 'admin') throw forbidden('Only an administrator can retire a template')
    const { template: id, retired, reason } = askedParameters(call, retireTemplateRequest)
    const template = templateNamed(id)
    if (!template) throw new FhirProblem(404, 'not-found', 'There is no such template')
    if (reason.trim() === '') throw new FhirProblem(400, 'required', 'Give a reason')
    const definition = {
      ...templateToFhir({ ...template, retired }),
      ...withExtensions(undefined, { 'retired-why': [{ valueString: reason.trim() }] }),
    }
    return await withinRecord(call.context, async (inside) => {
      const request = { resource: definition, expect: 'anything' as const }
      const written = await inside.service.store.write(request)
      const done = [{ request, act: 'U' as const, person: undefined, before: undefined, written }]
      await noteWritten(inside, done, '$retire-template')
      return definition
    })
  },
}

type Row = Readonly<{
  url: string
  item: string
  suggested: number
  taken: number
  dismissed: number
}>

/** How often each item of each template was suggested, taken and dismissed: numbers only, and none of them small. */
export const templateCountsOperation: Operation = {
  name: 'template-counts',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'How often each item of a template was suggested, taken and dismissed, rounded to the nearest five; small numbers are not shown',
  async run(call) {
    const { role } = call.actor
    if (role !== 'manager' && role !== 'admin') throw forbidden('Your role cannot see measures')
    const rows = await countsOf(call)
    return templateCounts.write({
      rows: rows.map(({ url, item, ...counts }) => ({
        ...{ template: url.split('|')[0]?.split('/').at(-1) ?? '', item },
        suggested: roundedMeasure(Number(counts.suggested)),
        taken: roundedMeasure(Number(counts.taken)),
        dismissed: roundedMeasure(Number(counts.dismissed)),
      })),
    })
  },
}

/** A manager counts the people with a case of their own organisation; an administrator everybody. */
async function countsOf({ actor, context }: OperationCall): Promise<readonly Row[]> {
  const params = new Params()
  const home = params.add(`Organization/${actor.organisation ?? ''}`, 'text')
  const ours =
    actor.role === 'admin'
      ? `${home} is not null`
      : `exists (select 1 from resource e where e.rt = 'EpisodeOfCare' and e.person = t.person
          and e.content #>> '{managingOrganization,reference}' = ${home})`
  const count = (status: string) => `count(*) filter (where t.content ->> 'status' = '${status}')`
  const { rows } = await context.service.sql.query<Row>(
    `select split_part(t.content ->> 'instantiatesCanonical', '|', 1) as url, i.item,
       count(*) as suggested, ${count('completed')} as taken, ${count('rejected')} as dismissed
     from resource t cross join lateral (
       select p ->> 'valueString' as item from jsonb_array_elements(t.content -> 'input') as p
       where p #>> '{type,coding,0,code}' = 'item') as i
     where t.rt = 'Task' and t.content is not null
       and t.content #>> '{code,coding,0,code}' = '${templateItemCode}'
       and t.content ->> 'instantiatesCanonical' like '${gableUrl('PlanDefinition/')}%' and ${ours}
       and t.content ->> 'instantiatesCanonical' not like '${gableUrl(`PlanDefinition/${meetingTemplate.id}`)}|%'
       and not ${optedOutSql('t.person', 'planning')}
     group by 1, 2 order by 1, 2`,
    params.values,
  )
  return rows
}
