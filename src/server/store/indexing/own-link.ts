import { searchParametersOf } from '#server/fhir/search-parameters.ts'
import { namesRecordOwner } from '#server/store/access/record-owner.ts'
import { tokenHash } from '#server/store/token-hash.ts'
import type { IndexEntries } from './index-entries.ts'
import { referenceKey } from './shared-rows.ts'

const known = new Map<string, ReadonlyMap<number, readonly string[]>>()

/** The parameters of a type by which a record names whose it is, by the key of their rows. */
function ownersOf(type: string): ReadonlyMap<number, readonly string[]> {
  const cached = known.get(type)
  if (cached) return cached
  const codes = [...searchParametersOf(type).values()].flatMap(({ code, kind }) =>
    kind === 'reference' && namesRecordOwner(type, code) ? [code] : [],
  )
  const found = Map.groupBy(codes, (code) => referenceKey(type, code))
  known.set(type, found)
  return found
}

type Owned = Readonly<{
  content: Readonly<{ resourceType: string }>
  entries: IndexEntries
  person: string | undefined
}>

/**
 * What is left of the entries when the columns say that a record is its person’s: the reference, and the tokens for it,
 * become `own`, the key of its parameter.
 */
export function withoutOwnLink<T extends Owned>(each: T): T {
  const { content, entries, person } = each
  const owners = ownersOf(content.resourceType)
  const own = entries.ref.find(({ k, t, i }) => t === 'Patient' && i === person && owners.has(k))
  if (!own) return each
  const tok = new Set(entries.tok)
  for (const code of owners.get(own.k) ?? [])
    tok.delete(tokenHash(code, undefined, `Patient/${own.i}`))
  const ref = entries.ref.filter(({ k, t, i }) => k !== own.k || t !== own.t || i !== own.i)
  return { ...each, entries: { ...entries, tok, own: own.k, ref } }
}
