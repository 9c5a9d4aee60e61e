import { SearchError } from './search-error.ts'

/** Parameters about the answer rather than about the records. */
export type ResultParameters = Readonly<{
  count: number
  offset: number
  /** records before the page were not shown on the way to it */
  skips: boolean
  sort: readonly Readonly<{ code: string; descending: boolean }>[]
  /** counting takes as long as the search itself: only when asked for */
  withTotal: boolean
  countOnly: boolean
  elements: readonly string[] | undefined
  /** leave the narrative out */
  dataOnly: boolean
  includes: readonly Include[]
}>

export type Include = Readonly<{
  reverse: boolean
  iterate: boolean
  /** source type and reference parameter; '*': all of them */
  type: string
  code: string
  target?: string
}>

const names = [
  '_count',
  '_offset',
  '_cursor',
  '_sort',
  '_total',
  '_elements',
  '_summary',
  '_include',
  '_revinclude',
  '_format',
  '_pretty',
]
const most = 1000

export function isResultParameter(name: string): boolean {
  return names.includes(name.split(':')[0] ?? '')
}

export function resultParametersOf(params: URLSearchParams): ResultParameters {
  const summary = params.get('_summary')
  const count = whole('_count', params.get('_count'), 50)
  const countOnly = summary === 'count' || count === 0
  const total = oneOf('_total', params.get('_total') ?? 'none', ['accurate', 'estimate', 'none'])
  oneOf('_summary', summary ?? 'false', ['true', 'text', 'data', 'count', 'false'])
  return {
    count: Math.min(count, most),
    offset: whole('_offset', params.get('_offset') ?? params.get('_cursor'), 0),
    skips: params.has('_offset'),
    sort: params.getAll('_sort').flatMap((text) => text.split(',').filter(Boolean).map(sortKey)),
    withTotal: countOnly || total !== 'none',
    countOnly,
    elements: params
      .get('_elements')
      ?.split(',')
      .map((each) => each.trim()),
    dataOnly: summary === 'data',
    includes: [...params].flatMap(([name, value]) => includeOf(name, value)),
  }
}

function whole(name: string, text: string | null, fallback: number): number {
  if (text === null) return fallback
  if (!/^\d{1,9}$/.test(text)) throw new SearchError(`${name} takes a whole number, not "${text}"`)
  return Number(text)
}

function oneOf(name: string, text: string, known: readonly string[]): string {
  if (!known.includes(text))
    throw new SearchError(`${name} takes ${known.join(', ')}, not "${text}"`)
  return text
}

function sortKey(text: string): { code: string; descending: boolean } {
  return text.startsWith('-')
    ? { code: text.slice(1), descending: true }
    : { code: text, descending: false }
}

function includeOf(name: string, value: string): readonly Include[] {
  const [control, modifier] = name.split(':')
  if (control !== '_include' && control !== '_revinclude') return []
  const [type = '', code = value === '*' ? '*' : '', target] = value.split(':')
  if (type === '' || code === '')
    throw new SearchError(`${name} takes Type:parameter, not "${value}"`)
  return [
    {
      reverse: control === '_revinclude',
      iterate: modifier === 'iterate' || modifier === 'recurse',
      type,
      code,
      ...(target ? { target } : {}),
    },
  ]
}
