import type { Resource } from '@medplum/fhirtypes'
import { evidenceOf } from '#domain/risk/fhir.ts'
import { type PersonScore, scorePerson } from '#domain/risk/person-score.ts'
import { scoreParameters } from '#domain/risk/score-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/**
 * Both scores of one person today, from the records that the caller may see, with the records they are based on and
 * what is missing.
 */
export const scoreOperation: Operation = {
  name: 'score',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Charlson index and frailty count of a person, with the records they are based on and what is missing',
  async run(call) {
    const records = await recordsOf(call, call.sql)
    return answer(scorePerson(evidenceOf(records), call.today))
  },
}

async function recordsOf(
  { id = '', scope, now }: OperationCall,
  sql: ReadingSql,
): Promise<readonly Resource[]> {
  const params = new Params()
  const { rows } = await sql.query<{ content: Resource | string }>(
    `select r.content from resource r where r.person = ${params.add(id, 'text')} and r.content is not null
     and r.rt in ('Patient', 'Condition', 'MedicationRequest', 'MedicationStatement')
     and ${scopeSql(scope, 'r', params, now)} order by r.rt, r.id`,
    params.values,
  )
  return rows.map(({ content }) => storedRecord<Resource>(content))
}

function answer({ charlson, frailty, coded, hasBirthDate, unmapped, leftOut }: PersonScore) {
  const { parts: groups, ...index } = charlson
  const { parts: deficits, ...count } = frailty
  return scoreParameters.write({
    charlson: { ...index, reasons: groups.map(({ group: code, ...rest }) => ({ code, ...rest })) },
    frailty: {
      ...{ ...count, of: 36 },
      reasons: deficits.map(({ deficit: code, inputs }) => ({ code, inputs })),
    },
    coded,
    missing: [...(hasBirthDate ? [] : ['birth-date']), ...(coded ? [] : ['conditions'])],
    ...{ unmapped, leftOut },
  })
}
