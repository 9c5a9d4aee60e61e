import type { Basic } from '@medplum/fhirtypes'
import { type CoverNote, coverNoteFromFhir } from '#domain/cover/cover-note.ts'
import { isCodedSql, isOfAbsences } from '#server/cover/kept-absences.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** What was left for whoever covers, by person, as far as the caller may read it. */
export async function coverNotes(
  { sql, scope, now }: Pick<OperationCall, 'sql' | 'scope' | 'now'>,
  absence: string,
): Promise<ReadonlyMap<string, CoverNote>> {
  const params = new Params()
  const { rows } = await sql.query<{ id: string; vid: number; content: unknown }>(
    `select r.id, r.vid, r.content from resource r
     where ${isCodedSql('r', 'cover-note')}
       and ${isOfAbsences('r.content', params.add([absence], 'text[]'))}
       and ${scopeSql(scope, 'r', params, now)} order by r.rid`,
    params.values,
  )
  const notes = rows.flatMap(({ id, vid, content }) => {
    const record = storedRecord(content) as Basic
    return coverNoteFromFhir({ ...record, id, meta: { versionId: String(vid) } }) ?? []
  })
  return new Map(
    notes.filter((each) => each.absence === absence).map((each) => [each.person, each]),
  )
}
