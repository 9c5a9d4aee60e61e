import { searchParametersOf } from '#server/fhir/search-parameters.ts'
import { parameterKey } from '#server/store/token-hash.ts'

/**
 * Parameters whose rows in `ref` and `sp` would say again what rows of others say: they are found by those. `patient` is what
 * `subject` says of people, and `combo-value-quantity` is `value-quantity` and `component-value-quantity`.
 */
const shared = new Map<string, readonly string[]>()

/** The parameters by whose rows this one is found: itself, unless it has none of its own. */
function rowsOf(type: string, code: string): readonly string[] {
  const name = `${type}.${code}`
  const known = shared.get(name)
  if (known) return known
  const found = code === 'patient' ? ofSubject(type) : ofParts(type, code)
  shared.set(name, found)
  return found
}

function ofSubject(type: string): readonly string[] {
  const own = searchParametersOf(type).get('patient')?.paths ?? []
  const subject = searchParametersOf(type).get('subject')?.paths ?? []
  const isSame =
    own.length > 0 && own.every((path) => subject.includes(path.replace('[is=Patient]', '')))
  return [isSame ? 'subject' : 'patient']
}

function ofParts(type: string, code: string): readonly string[] {
  const known = searchParametersOf(type)
  const parameter = known.get(code)
  const [combo, rest] = [code.startsWith('combo-'), code.slice('combo-'.length)]
  if (!combo || parameter?.kind !== 'quantity') return [code]
  const parts = [rest, `component-${rest}`]
  const paths = parts.flatMap((part) => known.get(part)?.paths ?? [])
  return parameter.paths.every((path) => paths.includes(path)) ? parts : [code]
}

/** True if its rows are those of others. */
export const sharesRows = (type: string, code: string): boolean =>
  mayShare(code) && rowsOf(type, code)[0] !== code

/** Asked for each value of each record that is written. */
const mayShare = (code: string) => code === 'patient' || code.startsWith('combo-')

/** The key of its rows in `ref`. Of a parameter that shares them, only those about people are its own. */
export const referenceKey = (type: string, code: string): number =>
  parameterKey(type, rowsOf(type, code)[0] ?? code)

/** The keys of its rows in `sp`. */
export const valueKeys = (type: string, code: string): readonly number[] =>
  rowsOf(type, code).map((each) => parameterKey(type, each))
