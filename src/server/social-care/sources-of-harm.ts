import type { PractitionerRole, Resource } from '@medplum/fhirtypes'
import type { SafeguardingConcern } from '#domain/social-care/safeguarding.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { unsound } from './kept-records.ts'

type Source = SafeguardingConcern['sources'][number]

const form =
  /^(Practitioner|PractitionerRole|RelatedPerson|Patient|Organization)\/([A-Za-z0-9\-.]{1,64})$/
export const mostSources = 10

/**
 * Who may be a source of harm, each as the record by which they are known here: a role becomes its professional, so that
 * no other way of naming them lets them read it. Throws 422 for somebody who cannot be matched to a record.
 */
export async function sourcesOfHarm(
  context: RequestContext,
  sources: readonly Source[],
): Promise<readonly Source[]> {
  if (sources.length > mostSources) throw unsound('Name fewer people', 'source')
  const found: Source[] = []
  for (const each of sources) found.push(await known(context, each))
  return [...new Map(found.map((each) => [each.reference, each])).values()]
}

async function known(context: RequestContext, source: Source): Promise<Source> {
  const [, type = '', id = ''] = form.exec(source.reference) ?? []
  const stored =
    type &&
    (await context.store.read(type as Resource['resourceType'], id, context.accessScope.scope))
  const resource = stored ? stored.resource : undefined
  if (!resource)
    throw unsound(
      'Choose who may be a source of harm from the people around this person: we cannot tell whom this means',
      'source',
    )
  if (type !== 'PractitionerRole') return source
  const { reference = '' } = (resource as PractitionerRole).practitioner ?? {}
  if (!reference.startsWith('Practitioner/'))
    throw unsound('This role names no professional. Name the professional', 'source')
  return await known(context, { ...source, reference })
}
