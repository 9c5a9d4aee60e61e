import type { Task } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { ownerWithAccess } from './owner-with-access.ts'

/** In the audit log it is done by a rule, beside what its writer did. It opens no restricted records, and no record, to anybody who has no access. */
export async function keepByRule(
  context: RequestContext,
  person: string,
  tasks: readonly (Task & ResourceWithId)[],
): Promise<void> {
  if (tasks.length === 0) return
  const kept: (Task & ResourceWithId)[] = []
  for (const task of tasks) kept.push(await ownerWithAccess(context, person, task))
  const written = await context.service.store.writeMany(
    kept.map((resource) => ({ resource, expect: 'anything' as const, person, vouched: false })),
  )
  for (const [outcome, act] of [
    ['created', 'C'],
    ['updated', 'U'],
  ] as const) {
    const names = written
      .filter((each) => each.outcome === outcome)
      .map(({ kept }) => `${kept.type}/${kept.id}`)
    if (names.length > 0) await note(context, new Map([[person, names]]), { act, way: 'by-rule' })
  }
}
