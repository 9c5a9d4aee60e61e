import type { Scope } from '#domain/access/scope.ts'
import { type SearchParameter, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { mayHideLinks, withheldSql } from '#server/store/access/withheld-sql.ts'
import { mainDateOf } from '#server/store/indexing/index-entries.ts'
import { referenceKey, valueKeys } from '#server/store/indexing/shared-rows.ts'
import type { Params } from '#server/store/params.ts'
import type { ResultParameters } from './result-parameters.ts'

type SqlContext = Readonly<{ params: Params; scope: Scope; now: Date }>

/** The order of the rows i of idx; records without the value come last, ties go to the oldest row. */
export function sortSql(
  type: string,
  sort: ResultParameters['sort'],
  context: SqlContext,
): { sql: string; unknown: readonly string[] } {
  const unknown: string[] = []
  const terms = sort.flatMap(({ code, descending }) => {
    const term = termOf(type, code, descending, context)
    if (term === undefined) unknown.push(`_sort=${code}`)
    return term === undefined ? [] : [`${term} ${descending ? 'desc' : 'asc'} nulls last`]
  })
  return { sql: [...terms, 'i.rid'].join(', '), unknown }
}

function termOf(
  type: string,
  code: string,
  descending: boolean,
  context: SqlContext,
): string | undefined {
  const { params } = context
  if (code === '_lastUpdated') return 'i.ts'
  if (code === '_id') return 'i.id'
  const parameter = searchParametersOf(type).get(code)
  if (!parameter) return undefined
  if (code === mainDateOf(type)) return 'i.dt'
  if (parameter.kind === 'reference' && mayHideLinks(context.scope, parameter.targets))
    return linkTerm(referenceKey(type, code), context)
  if (['token', 'reference'].includes(parameter.kind)) return contentTerm(parameter, params)
  const column = ['string', 'uri'].includes(parameter.kind) ? 'v.s' : 'v.lo'
  const keys = params.add(valueKeys(type, code), 'int[]')
  return `(select ${descending ? 'max' : 'min'}(${column}) from sp v where v.rid = i.rid and v.key = any(${keys}))`
}

/** The first link that is shown: a hidden link does not affect the order. */
function linkTerm(key: number, context: SqlContext): string {
  return `(select min(f.to_rt || '/' || f.to_id) from ref f
    where f.rid = i.rid and f.key = ${context.params.add(key, 'int')} and not ${withheldSql('f.to_rt', 'f.to_id', context)})`
}

/** Codes and references are indexed only as hashes: their order is read from the record. */
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
