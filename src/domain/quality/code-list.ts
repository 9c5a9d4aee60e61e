import type { ValueSet, ValueSetExpansionContains } from '@medplum/fhirtypes'
import type { CodedValue, MeasureCodes } from './evaluation.ts'

type Read = Readonly<{ list?: MeasureCodes; fault?: string }>

/** The codes of a value set: as it was expanded, or as they are listed. A rule that chooses codes is not worked out here. */
export function codeListIn(set: ValueSet): Read {
  const { url, version = '' } = set
  if (!url) return { fault: 'A value set has no url' }
  const expanded = set.expansion?.contains
  if (expanded) return { list: { url, version, codes: containedIn(expanded) } }
  const included = set.compose?.include ?? []
  if (set.compose?.exclude?.length || included.some((each) => !each.concept || each.filter))
    return {
      fault: `The value set ${url} says by a rule which codes it holds. Send it with its codes (expansion)`,
    }
  const codes = included.flatMap(({ system = '', concept = [] }) =>
    concept.map(({ code = '' }) => ({ code, system })),
  )
  return codes.length > 0
    ? { list: { url, version, codes } }
    : { fault: `The value set ${url} holds no codes` }
}

/** Without recursion: what is read may nest to exhaust the reader. */
function containedIn(contains: readonly ValueSetExpansionContains[]): readonly CodedValue[] {
  const codes: CodedValue[] = []
  const waiting = [...contains]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { code, system, abstract, contains: inner } = next
    if (code && system && !abstract) codes.push({ code, system })
    if (Array.isArray(inner)) waiting.push(...inner)
  }
  return codes
}
