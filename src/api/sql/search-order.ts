import { type SearchParameter, searchParametersOf } from '#api/fhir/search-parameters.ts'
import { mainDateOf } from './index-entries.ts'
import type { Params } from './params.ts'
import type { Controls } from './search-controls.ts'
import { parameterKey } from './token-hash.ts'

/** The order of the rows i of idx; records without the value come last, the oldest row settles ties. */
export function orderSql(
  type: string,
  sort: Controls['sort'],
  params: Params,
): { sql: string; unknown: readonly string[] } {
  const unknown: string[] = []
  const terms = sort.flatMap(({ code, descending }) => {
    const term = termOf(type, code, descending, params)
    if (term === undefined) unknown.push(`_sort=${code}`)
    return term === undefined ? [] : [`${term} ${descending ? 'desc' : 'asc'} nulls last`]
  })
  return { sql: [...terms, 'i.rid'].join(', '), unknown }
}

function termOf(
  type: string,
  code: string,
  descending: boolean,
  params: Params,
): string | undefined {
  if (code === '_lastUpdated') return 'i.ts'
  if (code === '_id') return 'i.id'
  const parameter = searchParametersOf(type).get(code)
  if (!parameter) return undefined
  if (code === mainDateOf(type)) return 'i.dt'
  if (['token', 'reference'].includes(parameter.kind)) return contentTerm(parameter, params)
  const column = ['string', 'uri'].includes(parameter.kind) ? 'v.s' : 'v.lo'
  const key = params.add(parameterKey(type, code), 'int')
  return `(select ${descending ? 'max' : 'min'}(${column}) from sp v where v.rid = i.rid and v.key = ${key})`
}

/** Codes and references are indexed as hashes only: their order is read from the record. */
function contentTerm(parameter: SearchParameter, params: Params): string {
  const values = parameter.paths.map((path) => {
    const place = `$.${path.replace(/\[[^\]]*\]/g, '')}`
    const inner = ['coding[0].code', 'code', 'value', 'reference'].map((each) => `${place}.${each}`)
    const texts = [...inner, place].map(
      (each) =>
        `jsonb_path_query_first(r.content, ${params.add(`${each} ? (@.type() != "object")`, 'jsonpath')}) #>> '{}'`,
    )
    return texts.join(', ')
  })
  return `(select coalesce(${values.join(', ')}) from resource r where r.rid = i.rid)`
}
