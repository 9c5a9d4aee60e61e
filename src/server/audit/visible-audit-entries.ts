import type { Scope } from '#domain/access/scope.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'

export type AuditLogQuery = Readonly<{
  person: string
  scope: Scope
  now: Date
  count: number
  offset: number
  /** instants: from, and before */
  from?: string | undefined
  before?: string | undefined
}>

/**
 * A person's audit log as far as the user may know of it: entries name only records within their access, and an entry
 * that touched nothing else is left out, because it would reveal that a hidden record exists. Counts are reduced to
 * the type: the number would include hidden records. `breakGlassReason` is the reason with which the record had been
 * opened in an emergency at the time. Reasons are text about the person: they are for users who may know of everything
 * an entry touched, and for no carer.
 */
export function visibleAuditEntries({
  person,
  scope,
  now,
  count,
  offset,
  from,
  before,
}: AuditLogQuery) {
  const params = new Params()
  const who = params.add(person, 'text')
  const inReach = scopeSql(scope, 'v', params, now)
  const named = scope.people.kind === 'all' ? 't.x' : `split_part(t.x, '×', 1)`
  const span = [
    from ? `AND a.at >= ${params.add(from, 'timestamptz')}` : '',
    before ? `AND a.at < ${params.add(before, 'timestamptz')}` : '',
  ].join(' ')
  const reasonSql = mayKnowWhy(scope, person)
    ? {
        why:
          'CASE WHEN jsonb_array_length(a.what -> ' +
          who +
          ') = jsonb_array_length(seen.touched) THEN a.why END',
        opened: `LEFT JOIN LATERAL (${breakGlassSql(who, scopeSql(scope, 'f', params, now))}) AS opened ON true`,
        which: '',
      }
    : {
        why: 'NULL::text',
        opened: notOpened,
        which: "AND a.way NOT IN ('$break-glass', '$end-break-glass', '$open-emergency-card')",
      }
  const text = `
    SELECT a.seq, a.at, a.identity, a.name, a.role, a.agent, a.organisation, a.act, a.way, a.allowed, ${reasonSql.why} AS why,
      seen.touched, opened.why AS "breakGlassReason"
    FROM audit a
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(${named} ORDER BY t.place) AS touched
      FROM jsonb_array_elements_text(coalesce(a.what -> ${who}, '[]')) WITH ORDINALITY AS t(x, place)
      WHERE t.x = 'Patient/' || ${who} OR EXISTS (
        SELECT 1 FROM resource v WHERE ${inReach} AND (
          (v.rt = split_part(t.x, '/', 1) AND v.id = split_part(t.x, '/', 2))
          OR (v.person = ${who} AND t.x LIKE '%×%' AND v.rt = split_part(t.x, '×', 1))))
    ) AS seen
    ${reasonSql.opened}
    WHERE a.persons @> ARRAY[${who}] AND seen.touched IS NOT NULL ${reasonSql.which}
      ${scope.people.kind === 'listed' ? betweenCarerAndTeam(who) : ''} ${span}
    ORDER BY a.seq DESC LIMIT ${params.add(count, 'int')} OFFSET ${params.add(offset, 'int')}`
  return { text, values: params.values }
}

/** Emergency openings are in the room `own`, which is shared with no carer. */
function mayKnowWhy({ people }: Scope, person: string): boolean {
  if (people.kind !== 'listed') return true
  return people.people.some((each) => each.person === person && each.rooms.includes('own'))
}

/**
 * What was offered to a carer is not for the person to see, nor that the carer has a record: such a call touches nothing
 * else that they may know of. A refused one is told.
 */
const betweenCarerAndTeam = (who: string) => `AND NOT (a.allowed
  AND a.way IN ('$carer-offer', '$open-carer-record') AND seen.touched = jsonb_build_array('Patient/' || ${who}))`

const notOpened = 'CROSS JOIN (SELECT NULL::text AS why) AS opened'

const extension = (name: string, value: string) =>
  `(SELECT e ->> '${value}' FROM jsonb_array_elements(f.content -> 'extension') e
    WHERE e ->> 'url' = '${gableUrl(name)}' LIMIT 1)`

/** An opening by the same professional that was in force at the time. */
const breakGlassSql = (who: string, inReach: string) => `
  SELECT concat_ws(': ', ${extension('reason', 'valueCode')}, ${extension('words', 'valueString')}) AS why
  FROM resource f
  WHERE f.rt = 'Flag' AND f.person = ${who} AND f.content IS NOT NULL AND ${inReach}
    AND f.content -> 'code' -> 'coding' @> '[{"system": "${gableCodeSystem}", "code": "break-glass"}]'
    AND a.allowed AND a.agent = (SELECT e -> 'valueReference' ->> 'reference'
      FROM jsonb_array_elements(f.content -> 'extension') e
      WHERE e ->> 'url' = '${gableUrl('opened-by')}' LIMIT 1)
    AND a.at >= (f.content #>> '{period,start}')::timestamptz
    AND a.at <= ${extension('open-until', 'valueInstant')}::timestamptz
  LIMIT 1`
