import type { Provenance } from '@medplum/fhirtypes'
import {
  actorPath,
  lastChangesRequest,
  shownEach,
  wordlessCodes,
  yesCodes,
} from '#domain/agreement/last-changes.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { whose } from '#server/http/request-context.ts'
import { auditSearchRequest } from '#server/interactions/audit-search-request.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'

/**
 * `lastChanges` of the domain, in the database: few of a thousand records are read out. Like a search, it finds
 * nothing about somebody without access.
 */
export const lastChangesOperation: Operation = {
  name: 'last-changes',
  on: 'type',
  type: 'Provenance',
  changes: false,
  purpose:
    'The history of a person’s plan as its pages show it: every answer, every change of access, and the last change of each record by each person; patient',
  records: (answer) =>
    answer.resourceType === 'Bundle'
      ? (answer.entry ?? []).flatMap(({ resource }) => resource ?? [])
      : [],
  async run(call) {
    const { patient } = askedParameters(call, lastChangesRequest)
    if (!patient) throw new FhirProblem(400, 'required', 'Say of which patient, by id')
    const found = await storedLastChanges(call, patient)
    const what = await whose(call.context, found)
    await auditSearchRequest(call.context, { what, asked: [patient] })
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found.length,
      entry: found.map((resource) => ({
        fullUrl: `${call.context.base}/Provenance/${resource.id}`,
        resource,
        search: { mode: 'match' as const },
      })),
    }
  },
}

type Row = Omit<StoredVersionRow, 'content'> & { content: Provenance }

/** The Provenances that the pages of a plan show, as far as the caller may see them. */
export async function storedLastChanges(
  { sql, scope, now }: OperationCall,
  person: string,
): Promise<readonly Provenance[]> {
  const params = new Params()
  const id = params.add(person, 'text')
  const own = `$.activity.coding[*] ? (@.system == ${JSON.stringify(gableCodeSystem)}).code`
  const { rows } = await sql.query<Row>(
    `with read as materialized (
      select r.rid, r.ts, r.content -> 'target' as target, (r.content ->> 'recorded') collate "C" as at,
        (r.content #>> ${params.add([...actorPath], 'text[]')}) collate "C" as doer,
        jsonb_path_query_array(r.content, ${params.add(own, 'jsonpath')}) as codes
      from resource r where r.person = ${id} and r.rt = 'Provenance' and r.content is not null
        and ${scopeSql(scope, 'r', params, now)}
    ), told as materialized (
      select rid, ts, at, doer, codes, target from read where codes <> '[]'
        and target @> jsonb_build_array(jsonb_build_object('reference', 'Patient/' || ${id}))
    ), parts as materialized (
      select told.rid, told.ts, told.at, told.doer, (told.codes ->> 0) collate "C" as kind,
        (split_part(t ->> 'reference', '/', 1) || '/' || split_part(t ->> 'reference', '/', 2)) collate "C" as part
      from told, jsonb_array_elements(told.target) t
    ), found as (
      select rid from told where codes ?| ${params.add([...shownEach], 'text[]')}
      union select rid from (
        select distinct on (part, doer, kind) rid from parts order by part, doer, kind, at desc, rid desc) l
      union select rid from (
        select distinct on (part) rid from parts where ts > coalesce((
          select max(ts) from told where codes ?| ${params.add([...yesCodes], 'text[]')} and doer = 'Patient/' || ${id}), '-infinity')
          and kind <> all(${params.add([...wordlessCodes], 'text[]')})
        order by part, at, rid) s
    )
    select r.rt, r.id, r.vid, r.ts, r.person, r.content from found join resource r on r.rid = found.rid order by r.rid`,
    params.values,
  )
  return rows.map((row) => completeRow(row) as Provenance)
}
