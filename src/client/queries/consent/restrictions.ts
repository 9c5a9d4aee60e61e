import type { Resource } from '@medplum/fhirtypes'
import { create } from 'zustand'
import { recordsIn } from '#client/cache/records-at-hand.ts'
import { type Restriction, restrictionOf } from '#domain/access/labels/restriction.ts'
import { speaksOf } from '#domain/access/record-owner.ts'

/** What is known of one record: its own label, and the record it is about and is restricted with. */
type Noted = Readonly<{ own?: Restriction; about?: readonly string[] }>

/**
 * Which of the loaded records are restricted, by `Type/id`. Noted where every answer passes, so that no screen can
 * show such a record without knowing, whatever plain type it was mapped to.
 */
const useNoted = create<ReadonlyMap<string, Noted>>(() => new Map())

/** Notes the labels of every record in an answer; a record whose label was removed is no longer restricted. */
export function noteRestrictions(body: unknown): void {
  const before = useNoted.getState()
  const after = new Map(before)
  for (const resource of recordsIn(body)) {
    const noted = notedOf(resource)
    const reference = `${resource.resourceType}/${resource.id}`
    if (Object.keys(noted).length > 0) after.set(reference, noted)
    else after.delete(reference)
  }
  // pages are rendered again only when a label has changed
  const isNews = JSON.stringify([...before]) !== JSON.stringify([...after])
  if (isNews) useNoted.setState(after, true)
}

/** Forgets everything at the end of the session. */
export function forgetRestrictions(): void {
  useNoted.setState(new Map(), true)
}

function notedOf(resource: Resource): Noted {
  const own = restrictionOf(resource)
  const about = speaksOf(resource)
  return { ...(own ? { own } : {}), ...(about.length > 0 ? { about } : {}) }
}

/** The restriction of a record (`Goal/1`), its own or that of the record it is about; undefined if it has none. */
export function restrictionNow(reference: string): Restriction | undefined {
  const noted = useNoted.getState()
  const { own, about = [] } = noted.get(reference) ?? {}
  if (own) return own
  const through = about.flatMap((each) => noted.get(each)?.own ?? [])[0]
  return through && { ...through, through: true }
}

/** `restrictionNow` for a screen, which is rendered again when a label changes. */
export function useRestrictions(): typeof restrictionNow {
  useNoted()
  return restrictionNow
}
