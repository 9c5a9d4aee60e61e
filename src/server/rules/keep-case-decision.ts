import type { EpisodeOfCare, Extension, Resource } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { writtenExtension } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { foundByRuleUrl } from '#domain/rule/found-by-rule.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { keepFoundByRule } from './keep-found-by-rule.ts'

const writtenUrl = gableUrl('written')

type Facts = Readonly<{ person: string | undefined; before: Resource | undefined }>

/**
 * A case as it is stored: who decided last, and when, and which rules had found the person. The service alone writes
 * both; what was sent about them is replaced.
 */
export async function keepCaseDecision(
  context: RequestContext,
  resource: ResourceWithId,
  { person, before }: Facts,
): Promise<ResourceWithId> {
  if (resource.resourceType !== 'EpisodeOfCare') return resource
  const found = await keepFoundByRule(context, resource, { person, before })
  const stood = before?.resourceType === 'EpisodeOfCare' ? before : undefined
  if (stood && decisionIn(stood) === decisionIn(resource))
    return withMarks(found, marksOf(stood, [writtenUrl]), [writtenUrl])
  const { who: by, at } = writerOf(context, person)
  const written = writtenExtension({ by, at }).map((each) => ({ url: writtenUrl, ...each }))
  return withMarks(found, written, [writtenUrl])
}

/** The same for an imported case: a file says neither, and what stands here stays. */
export function keepBroughtDecision(
  resource: ResourceWithId,
  before: Resource | undefined,
): ResourceWithId {
  if (resource.resourceType !== 'EpisodeOfCare') return resource
  const urls = [writtenUrl, foundByRuleUrl]
  const stood = before?.resourceType === 'EpisodeOfCare' ? before : undefined
  return withMarks(resource, stood ? marksOf(stood, urls) : [], urls)
}

const reasons = ['not-now', 'look-again'].map(gableUrl)

/** What a decision says: the status, and of “not now” why, and until when. */
const decisionIn = (episode: EpisodeOfCare): string =>
  [episode.status, ...marksOf(episode, reasons).map(saidIn)].join('\n')

const saidIn = ({ url, valueString, valueDate, valueCodeableConcept, extension }: Extension) =>
  [url, valueString, valueDate, valueCodeableConcept?.text, ...inside(extension)].join(' ')

const inside = (extension: readonly Extension[] = []): readonly (string | undefined)[] =>
  extension.map(({ valueString }) => valueString)

const marksOf = ({ extension = [] }: EpisodeOfCare, urls: readonly string[]) =>
  urls.flatMap((url) => extension.filter((each) => each.url === url))

function withMarks<R extends ResourceWithId>(
  resource: R,
  marks: readonly Extension[],
  urls: readonly string[],
): R {
  const { extension: sent, ...rest } = resource as R & { extension?: Extension[] }
  const others = (sent ?? []).filter(({ url }) => !urls.includes(url))
  const extension = [...others, ...marks]
  return (extension.length > 0 ? { ...rest, extension } : rest) as R
}
