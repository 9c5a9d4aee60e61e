import { SearchError } from './search-error.ts'

/** Splits at a separator that is not escaped by `\`; the escapes stay for the next split. */
export function splitUnescaped(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let current = ''
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at)
    if (unit === '\\' && at + 1 < text.length) current += unit + text.charAt(++at)
    else if (unit === separator) {
      parts.push(current)
      current = ''
    } else current += unit
  }
  return [...parts, current]
}

export function unescapedSearchText(text: string): string {
  return text.replace(/\\([\\,|$])/g, '$1')
}

/** The alternatives of one parameter value: `a,b` is a or b. */
export function alternatives(name: string, value: string): readonly string[] {
  const parts = splitUnescaped(value, ',').filter((each) => each !== '')
  if (parts.length === 0) throw new SearchError(`The parameter ${name} has no value`)
  return parts
}

const prefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const
export type Prefix = (typeof prefixes)[number]

export function withPrefix(text: string): { prefix: Prefix; rest: string } {
  const prefix = prefixes.find((each) => text.startsWith(each))
  return prefix ? { prefix, rest: text.slice(2) } : { prefix: 'eq', rest: text }
}

/** A name as written in a search: `code:modifier`, or `code:Type.rest` and `code.rest` for a chain. */
export type ParameterName = Readonly<{ code: string; modifier?: string; chain?: string }>

export function parameterName(text: string): ParameterName {
  const dot = text.indexOf('.')
  const head = dot < 0 ? text : text.slice(0, dot)
  const [code = '', modifier] = head.split(':')
  return {
    code,
    ...(modifier === undefined ? {} : { modifier }),
    ...(dot < 0 ? {} : { chain: text.slice(dot + 1) }),
  }
}
