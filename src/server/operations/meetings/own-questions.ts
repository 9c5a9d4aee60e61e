import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { isPreparation, preparationFromFhir } from '#domain/preparation/preparation-fhir.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{ id: string; person: string; content: unknown }>

/** The first question that each of these people prepared last for a conversation. */
export async function ownQuestions(
  { sql, scope, now }: OperationCall,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const params = new Params()
  const ids = params.add([...people], 'text[]')
  const { rows } = await sql.query<Row>(
    `select r.id, r.person, r.content from resource r where r.rt = 'QuestionnaireResponse'
       and r.person = any(${ids}) and r.content is not null and ${scopeSql(scope, 'r', params, now)}
     order by r.content ->> 'authored'`,
    params.values,
  )
  const questions = rows.flatMap(({ id, person, content }) => {
    const record = { ...(storedRecord(content) as QuestionnaireResponse), id }
    if (!isPreparation(record)) return []
    const { saidBy, asks } = preparationFromFhir(record)
    return saidBy?.voice === 'person' && asks[0] ? [[person, asks[0]] as const] : []
  })
  return new Map(questions)
}
