import { dayIn } from '#domain/calendar/zone.ts'
import {
  resourceTypes,
  type SearchParameter,
  searchParametersOf,
} from '#server/fhir/search-parameters.ts'
import {
  codingValuesOf,
  dateValuesOf,
  stringValuesOf,
} from '#server/store/indexing/indexed-values.ts'
import { isJson, valuesAt } from '#server/store/indexing/values-at.ts'

type Record = Readonly<{ resourceType: string; id: string }>

/** Searches of every kind by every parameter that some of these records have, with values of theirs and beside them. */
export function searchesOver(records: readonly Record[]): readonly string[] {
  const byType = Map.groupBy(records, ({ resourceType }) => resourceType)
  return [...byType].flatMap(([type, some]) => [
    ...['', '_sort=-_lastUpdated', '_sort=_id', '_include=*:*', '_revinclude=*:*'].map(
      (each) => `${type}?${each}`,
    ),
    ...some.slice(0, 2).map(({ id }) => `${type}?_id=${id}&_revinclude=*:*`),
    ...[...searchParametersOf(type).values()].flatMap((parameter) =>
      searchesBy(type, parameter, some).map((each) => `${type}?${each}`),
    ),
  ])
}

const most = 3

function searchesBy(
  type: string,
  parameter: SearchParameter,
  records: readonly Record[],
): readonly string[] {
  const { code, kind } = parameter
  const values = records.flatMap((each) =>
    parameter.paths.flatMap((path) => [...valuesAt(each, path.replace(/\[any\]$/, ''))]),
  )
  if (kind === 'special' || values.length === 0) return []
  const asked = [...new Set(values.flatMap((each) => askedOf(kind, each)))]
  const step = Math.max(1, Math.floor(asked.length / most))
  const some = asked.filter((_, at) => at % step === 0).slice(0, most)
  return [
    ...[true, false].map((each) => `${code}:missing=${each}`),
    ...[`_sort=${code}`, `_sort=-${code}`],
    ...some.flatMap((value) => ways(parameter, value)),
    ...(kind === 'reference' ? linksBy(type, code) : []),
  ]
}

const linksBy = (type: string, code: string) => [
  `_include=${type}:${code}`,
  `${code}:Patient.gender=female`,
  `${code}.name=nurse`,
]

function ways({ code, kind }: SearchParameter, value: string): readonly string[] {
  const text = encodeURIComponent(value)
  switch (kind) {
    case 'token':
      return [`${code}=${text}`, `${code}:not=${text}`, `${code}=${text}&_sort=-_lastUpdated`]
    case 'reference':
      return [
        `${code}=${text}`,
        `${code}=${text.split('%2F').at(-1)}`,
        `${code}=${text},Patient/odd-2`,
      ]
    case 'string':
      return ['', ':contains', ':exact'].map((modifier) => `${code}${modifier}=${text}`)
    case 'uri':
      return ['', ':below', ':above'].map((modifier) => `${code}${modifier}=${text}`)
    case 'date':
      return ['', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'].map(
        (prefix) => `${code}=${prefix}${text}`,
      )
    default:
      return ['', 'gt', 'le'].map((prefix) => `${code}=${prefix}${text}`)
  }
}

const isoDay = (ms: number) => dayIn('UTC', new Date(ms))

function askedOf(kind: SearchParameter['kind'], value: unknown): readonly string[] {
  switch (kind) {
    case 'token':
      return codingValuesOf(value)
        .flatMap(({ system, value: code }) => [
          code,
          `${system}|${code}`,
          ...(system ? [`${system}|`] : []),
        ])
        .filter((each) => each !== '' && each !== '|')
    case 'reference':
      return isJson(value) && typeof value['reference'] === 'string' ? [value['reference']] : []
    case 'string':
      return stringValuesOf(value)
    case 'date':
      return dateValuesOf(value).flatMap(({ from, to }) =>
        [from, to].filter(Number.isFinite).map(isoDay),
      )
    case 'quantity':
      return isJson(value) && typeof value['value'] === 'number'
        ? [String(value['value']), `${value['value']}||${value['code']}`]
        : []
    default:
      return ['string', 'number'].includes(typeof value) ? [String(value)] : []
  }
}

/** Searches for people by what others say of them: `_has`, of every type. */
export const searchesByOthers = (records: readonly Record[]): readonly string[] =>
  resourceTypes
    .filter((type) => records.some(({ resourceType }) => resourceType === type))
    .flatMap((type) =>
      [...searchParametersOf(type).values()]
        .filter(
          ({ kind, targets }) =>
            kind === 'reference' && (targets.length === 0 || targets.includes('Patient')),
        )
        .flatMap(({ code }) => [
          `Patient?_has:${type}:${code}:status=final`,
          `Patient?_has:${type}:${code}:code=http://loinc.org|29463-7`,
          `Patient?_id=odd-1&_revinclude=${type}:${code}`,
        ]),
    )
