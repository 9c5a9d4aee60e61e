import type { Bundle, Resource } from '@medplum/fhirtypes'
import type { Query } from '@tanstack/react-query'
import { queryClient, sharedWith } from '#client/fhir/query-client.ts'
import { refetch } from '#client/fhir/refetch.ts'

/** A query whose answer is made from records by a pure rule; `F`: the records as they were found. */
type Rule<F extends object, M extends object> = Readonly<{
  kinds: readonly string[]
  find: (signal: AbortSignal) => Promise<F>
  make: (found: F) => M
  /** the found records with these current versions; undefined if that is only known by asking the server */
  put: (found: F, records: readonly Resource[]) => F | undefined
  /** one of the records that were found */
  pick: (found: F, type: string, id: string) => Resource | undefined
}>

/** What an answer was made from: it is removed together with the answer. */
const sources = new WeakMap<object, object>()

/**
 * Makes a query from records. They are kept beside the answer, so that what this tab saves is put in without another
 * request, and so that a save is based on the record that is on the screen.
 */
export function madeOfRecords<F extends object, M extends object>(rule: Rule<F, M>) {
  const made = (found: F): M => {
    const answer = rule.make(found)
    sources.set(answer, found)
    return answer
  }
  const sourceOf = (answer: unknown) => sources.get(answer as object) as F | undefined
  return {
    queryFn: async ({ signal }: { signal: AbortSignal }) => made(await rule.find(signal)),
    structuralSharing: (before: unknown, after: unknown) => {
      const shared = sharedWith(before, after)
      const source = sourceOf(after)
      if (source && shared !== after) sources.set(shared as object, source)
      return shared
    },
    meta: {
      kinds: rule.kinds,
      withRecords: (answer: unknown, records: readonly Resource[]) => {
        const source = sourceOf(answer)
        const put = source && rule.put(source, records)
        return put && made(put)
      },
      record: (answer: unknown, type: string, id: string) => {
        const source = sourceOf(answer)
        return source && rule.pick(source, type, id)
      },
    },
  }
}

/** Only what the server itself returned; a version that was guessed on an offline device is no base for a write. */
const saidByServer = new WeakSet<Resource>()

export function noteFromServer(body: unknown): void {
  for (const resource of recordsIn(body)) saidByServer.add(resource)
}

export const isFromServer = (record: Resource | undefined): boolean =>
  record !== undefined && saidByServer.has(record)

/** The records in an answer, which is one of them or a bundle of many. */
export function recordsIn(body: unknown): readonly Resource[] {
  const answer = body as Resource | undefined
  if (answer?.resourceType !== 'Bundle') return answer?.id ? [answer] : []
  return ((answer as Bundle).entry ?? []).flatMap(({ resource }) =>
    resource?.id ? [resource] : [],
  )
}

const isMadeOf = ({ meta }: Query, kinds: readonly string[]) =>
  meta?.kinds?.some((kind) => kinds.includes(kind)) ?? false

/**
 * Puts what this tab has saved, as the server returned it, into every answer that was made from such records, and
 * loads again only what the server alone can work out.
 */
export async function noteSaved(records: readonly Resource[]): Promise<void> {
  const kinds = records.map((record) => record.resourceType)
  const old = queryClient
    .getQueryCache()
    .getAll()
    .filter((query) => isMadeOf(query, kinds) && !putInto(query, records))
  const names = new Set(old.map((query) => query.queryHash))
  if (names.size > 0) await refetch({ predicate: (query) => names.has(query.queryHash) })
}

/** False if the answer is not there, is already out of date, or cannot tell what the records change in it. */
function putInto({ queryKey, state, meta }: Query, records: readonly Resource[]): boolean {
  const isUpToDate =
    state.data !== undefined && state.fetchStatus === 'idle' && !state.isInvalidated
  if (!isUpToDate || state.status !== 'success') return false
  const ofItsKinds = records.filter((each) => meta?.kinds?.includes(each.resourceType))
  const answer = meta?.withRecords?.(state.data, ofItsKinds)
  if (answer === undefined) return false
  queryClient.setQueryData(queryKey, answer)
  return true
}

/** A record as the server last returned it to this tab, if a page that is still up to date was made from it. */
export function recordAtHand(type: string, id: string): Resource | undefined {
  const found = queryClient
    .getQueryCache()
    .getAll()
    .filter((query) => isMadeOf(query, [type]) && !query.state.isInvalidated)
    .flatMap(({ state, meta }) => meta?.record?.(state.data, type, id) ?? [])
    .filter(isFromServer)
  const version = (record: Resource) => Number(record.meta?.versionId)
  return found.toSorted((one, other) => version(other) - version(one))[0]
}
