import type { Resource } from '@medplum/fhirtypes'
import { withWhoAnswered } from '#domain/assessment/reassess/who-answered.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { writerOf } from './own-words.ts'

type Where = Readonly<{ person: string | undefined; before: Resource | undefined }>

/** Answers with who answered each question, where several people do. An import keeps what it brings. */
export function keepWhoAnswered(
  context: RequestContext,
  resource: ResourceWithId,
  { person, before }: Where,
): ResourceWithId {
  if (resource.resourceType !== 'QuestionnaireResponse') return resource
  if (context.url.pathname.endsWith('/$import')) return resource
  const was = before?.resourceType === 'QuestionnaireResponse' ? before : undefined
  const { reference, name } = writerOf(context, person).who
  const writer = reference ? { reference, name } : undefined
  return { ...withWhoAnswered(resource, was, writer), id: resource.id }
}
