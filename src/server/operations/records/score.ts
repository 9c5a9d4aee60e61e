import type { Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes'
import type { ScoreInput } from '#domain/risk/evidence.ts'
import { evidenceOf } from '#domain/risk/fhir.ts'
import { type PersonScore, scorePerson } from '#domain/risk/person-score.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'

/** Both scores of one person today, from the records that the caller may see, with what they rest on and what is missing. */
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
  return rows.map(({ content }) =>
    typeof content === 'string' ? (JSON.parse(content) as Resource) : content,
  )
}

function answer(score: PersonScore): Parameters {
  const { charlson, frailty } = score
  return {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'charlson',
        part: [
          { name: 'score', valueInteger: charlson.score },
          { name: 'comorbidity', valueInteger: charlson.comorbidity },
          ...number('age', charlson.age),
          ...number('agePoints', charlson.agePoints),
          ...charlson.parts.map(({ group, points, inputs }) => ({
            name: 'group',
            part: [
              { name: 'code', valueCode: group },
              { name: 'points', valueInteger: points },
              ...inputs.map(inputPart),
            ],
          })),
        ],
      },
      {
        name: 'frailty',
        part: [
          { name: 'count', valueInteger: frailty.count },
          { name: 'of', valueInteger: 36 },
          { name: 'band', valueCode: frailty.band },
          { name: 'unread', valueInteger: frailty.unread },
          ...frailty.parts.map(({ deficit, inputs }) => ({
            name: 'deficit',
            part: [{ name: 'code', valueCode: deficit }, ...inputs.map(inputPart)],
          })),
        ],
      },
      { name: 'coded', valueBoolean: score.coded },
      ...(score.hasBirthDate ? [] : [{ name: 'missing', valueCode: 'birth-date' }]),
      ...(score.coded ? [] : [{ name: 'missing', valueCode: 'conditions' }]),
      ...score.unmapped.map((input) => ({ ...inputPart(input), name: 'unmapped' })),
      ...score.leftOut.map(({ why, ...input }) => ({
        name: 'leftOut',
        part: [...(inputPart(input).part ?? []), { name: 'why', valueCode: why }],
      })),
    ],
  }
}

function number(name: string, value: number | undefined): ParametersParameter[] {
  return value === undefined ? [] : [{ name, valueInteger: value }]
}

function inputPart({ record, code, display, date }: ScoreInput): ParametersParameter {
  return {
    name: 'input',
    part: [
      { name: 'record', valueReference: { reference: record } },
      { name: 'display', valueString: display },
      ...(code ? [{ name: 'code', valueString: code }] : []),
      ...(date ? [{ name: 'date', valueString: date }] : []),
    ],
  }
}
