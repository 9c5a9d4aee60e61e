import type { Scope } from '#domain/access/scope.ts'
import type { ReadingStore } from '#server/store/store.ts'

const perQuestion = 200

/** Which of these records are there, and within the scope. */
export async function idsWithin(
  store: ReadingStore,
  type: string,
  ids: readonly string[],
  scope: Scope,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (let start = 0; start < ids.length; start += perQuestion) {
    const some = ids.slice(start, start + perQuestion)
    const query = new URLSearchParams({ _id: some.join(',') })
    for (const id of await store.match(type, query, scope, some.length)) found.add(id)
  }
  return found
}
