import type { OperationCall } from '#server/operations/operation.ts'
import type { FindPeople } from '#server/operations/worklists/find-people-request.ts'
import {
  allBut,
  allFilters,
  baseSql,
  filterKinds,
  flagValuesSql,
  goneSql,
  isNotNow,
  namedSql,
  narrowed,
  openCase,
  placedSql,
  reachedSql,
  saidNoSql,
  shownNamedSql,
} from '#server/operations/worklists/find-people-sql.ts'
import { Params } from '#server/store/params.ts'

export type ListCount = Readonly<{ facet: string; value: string; count: number }>
export type Counting = Pick<OperationCall, 'sql' | 'scope' | 'now' | 'today'>

/** The counts of a list, by reading everybody whom its name or age narrows it to. */
export async function countPlainly(
  call: Counting,
  request: FindPeople,
): Promise<readonly ListCount[]> {
  return [...(await facets(call, request)), await saidNo(call)]
}

/** Each facet is counted as if it had no filter itself, so that its other choices show what they would give. */
async function facets(call: Counting, request: FindPeople): Promise<readonly ListCount[]> {
  const params = new Params()
  const shown = shownNamedSql(call, request, params)
  const where = baseSql(call, request, params)
  const filters = narrowed(request, params)
  // whoever is searched for by a full name is found whatever their age
  const isAnyNamed = request.words.length > 0
  const { rows } = await call.sql.query<ListCount>(
    `with found as materialized (
       select p.band, p.conditions, p.case_status, p.segment, p.changeable, p.persistent, p.lives_alone, p.rules, p.outside, p.cost, ${placedSql(request.order)} as has_score,
         ${filterKinds.map((kind) => `${filters[kind]} as in_${kind}`).join(', ')},
         (${where}) as is_listed, (${namedSql(request, params)}) as is_named
       from person_row p where ${shown}${isAnyNamed ? '' : ` and ${where}`}), p as (select * from found where is_listed)
     select 'total' as facet, '' as value, count(*)::int as count from found
       where is_named or (is_listed and ${allFilters(filterKinds)})
     union all select 'unscored', '', count(*)::int from p where not has_score and in_known
     union all select 'band', band, count(*)::int from p
       where has_score and band is not null and ${allBut('band', 'scored')} group by band
     union all select 'known', k.kind, count(*)::int from p
       join lateral (select case when ${openCase} then 'on-caseload' when ${isNotNow} then 'not-now'
         else 'no-coordinator' end as kind) k on true
       where ${allBut('known')} group by k.kind
     union all select 'cost', '', count(*)::int from p where cost is not null having count(*) > 0
     union all select 'outside', o.code, count(*)::int from p, jsonb_object_keys(p.outside) as o(code)
       where p.outside is not null group by o.code
     union all select 'segment', segment, count(*)::int from p where ${allBut('segment')} group by segment
     union all select 'changeable', c.label, count(*)::int from p, unnest(p.changeable) as c(label)
       where ${allBut('changeable')} group by c.label
     union all select 'flag', c.flag, count(*)::int from p cross join lateral ${flagValuesSql} as c(flag, has)
       where c.has and ${allBut('flag')} group by c.flag
     union all select 'not-known', 'alone', count(*)::int from p where lives_alone is null and ${allBut('changeable')} having count(*) > 0
     union all select 'rule', c.label, count(*)::int from p, unnest(p.rules) as c(label)
       where ${allBut('rule')} group by c.label
     union all (select 'condition', c.label, count(*)::int from p, unnest(p.conditions) as c(label)
       where ${allBut('condition')} group by c.label order by 3 desc, 2 limit 30)`,
    params.values,
  )
  return rows
}

/** How many, whatever is asked: no filter narrows it, so that no two answers tell who they are. */
async function saidNo(call: Counting): Promise<ListCount> {
  const params = new Params()
  const { rows } = await call.sql.query<{ count: number }>(
    `select count(*)::int as count from person_row p
     where ${reachedSql(call, params)} and not p.deceased and p.in_use and ${saidNoSql}
       and not ${goneSql(params.add(call.today, 'text'))}`,
    params.values,
  )
  return { facet: 'said-no', value: '', count: rows[0]?.count ?? 0 }
}
