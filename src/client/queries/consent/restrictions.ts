import type { Bundle, Resource } from '@medplum/fhirtypes'
import { create } from 'zustand'
import { type Restriction, restrictionOf } from '#domain/access/labels/restriction.ts'
import { speaksOf } from '#domain/access/record-owner.ts'

/** What is known of one record: its own label, and what it speaks of and is closed with. */
type Noted = Readonly<{ own?: Restriction; about?: readonly string[] }>

/**
 * Which of the records that came through the wire are restricted, by `Type/id`. Noted at the one door, so that no screen
 * can show such a record without knowing, whatever plain type it was turned into.
 */
const useNoted = create<ReadonlyMap<string, Noted>>(() => new Map())

/** Notes the labels of every record in an answer; one that was opened since is restricted no longer. */
export function noteRestrictions(body: unknown): void {
  const before = useNoted.getState()
  const after = new Map(before)
  for (const resource of recordsIn(body)) {
    const noted = notedOf(resource)
    const reference = `${resource.resourceType}/${resource.id}`
    if (Object.keys(noted).length > 0) after.set(reference, noted)
    else after.delete(reference)
  }
  // pages are drawn anew only when something else is known than before
  const isNews = JSON.stringify([...before]) !== JSON.stringify([...after])
  if (isNews) useNoted.setState(after, true)
}

/** Forgets all of it, with the session. */
export function forgetRestrictions(): void {
  useNoted.setState(new Map(), true)
}

function notedOf(resource: Resource): Noted {
  const own = restrictionOf(resource)
  const about = speaksOf(resource)
  return { ...(own ? { own } : {}), ...(about.length > 0 ? { about } : {}) }
}

function recordsIn(body: unknown): readonly Resource[] {
  const answer = body as Resource | undefined
  if (answer?.resourceType !== 'Bundle') return answer?.id ? [answer] : []
  return ((answer as Bundle).entry ?? []).flatMap(({ resource }) =>
    resource?.id ? [resource] : [],
  )
}

/** The restriction of a record (`Goal/1`), its own or that of what it speaks of; undefined when it has none. */
export function restrictionNow(reference: string): Restriction | undefined {
  const noted = useNoted.getState()
  const { own, about = [] } = noted.get(reference) ?? {}
  if (own) return own
  const through = about.flatMap((each) => noted.get(each)?.own ?? [])[0]
  return through && { ...through, through: true }
}

/** `restrictionNow` for a screen, which is drawn anew when a label comes or goes. */
export function useRestrictions(): typeof restrictionNow {
  useNoted()
  return restrictionNow
}
