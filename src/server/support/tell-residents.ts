import type { Provenance, Resource } from '@medplum/fhirtypes'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import { homeChangeWords } from '#domain/home/home-change-words.ts'
import { isCareHome } from '#domain/home/is-care-home.ts'
import { madeHere } from '#domain/plan/plan-record.ts'
import { type ProvenanceEntry, whoIs } from '#server/audit/provenance.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { residentsOf } from './residents-of.ts'

/** Tells everybody who lives in a care home, in the news of their plan, what was changed in its record, and who did. */
export async function tellResidents(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<void> {
  const news: WriteRequest[] = []
  for (const entry of authored) {
    const words = isCareHome(entry.resource)
      ? wordsFor(entry, await stoodBefore(context, entry))
      : ''
    if (!words) continue
    for (const person of await residentsOf(context.service.sql, entry.resource.id))
      news.push(newsFor(context, { entry, person, words }))
  }
  if (news.length > 0) await context.service.store.writeMany(news)
}

/** An import does not read what it replaces. */
async function stoodBefore(
  { service }: RequestContext,
  { act, before, resource, version }: ProvenanceEntry,
): Promise<Resource | undefined> {
  if (before || act !== 'U') return before
  const { resourceType, id } = resource
  return (await service.store.readVersion(resourceType, id, version - 1, everyone))?.resource
}

function wordsFor({ act, resource }: ProvenanceEntry, before: Resource | undefined): string {
  if (resource.resourceType !== 'Organization') return ''
  if (act === 'D') return `The record of ${resource.name} was deleted.`
  return before?.resourceType === 'Organization' ? homeChangeWords(before, resource) : ''
}

type Facts = Readonly<{ entry: ProvenanceEntry; person: string; words: string }>

function newsFor({ actor, now }: RequestContext, { entry, person, words }: Facts): WriteRequest {
  const target = `Organization/${entry.resource.id}/_history/${entry.version}`
  const recorded = now.toISOString()
  const resource: Provenance & { id: string } = {
    resourceType: 'Provenance',
    id: `${madeHere}home-${sha256Hex(`${target} ${person}`).slice(0, 40)}`,
    target: [{ reference: target }, { reference: `Patient/${person}` }],
    ...{ recorded, occurredDateTime: recorded },
    activity: ownCode('change-home'),
    reason: [{ text: words }],
    agent: [{ who: whoIs(actor) }],
    extension: [{ url: gableUrl('room'), valueCode: 'team' }],
  }
  return { resource, person, room: accessLabelOf(resource), expect: 'anything', skipIfSame: true }
}
