import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { note } from '#server/http/request-context.ts'
import { peopleWithNumber } from '#server/integrity/people-with-number.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'

type Row = Readonly<{
  person: string
  family: string | null
  given: string | null
  birth_date: string | null
  nhs: string
  case_status: string | null
}>

const mostNumbers = 100

/** Records in use that share an NHS number, to whoever may open at least two of them. Somebody has to decide. */
export const possibleDuplicatesOperation: Operation = {
  name: 'possible-duplicates',
  on: 'system',
  changes: false,
  purpose: 'Records with the same NHS number, to decide whether they are about one person',
  async run(call) {
    const { actor, context } = call
    if (!isStaff(actor) && actor.role !== 'admin')
      throw forbidden('Only people who care for others can list people')
    const byNumber = Map.groupBy(await rowsOf(call), (row) => row.nhs)
    const shared = [...byNumber].filter(([number]) => isNhsNumber(number))
    const seen = shared.flatMap(([, rows]) => rows.map(({ person }) => person))
    await note(context, new Map(seen.map((id) => [id, [`Patient/${id}`]])), {
      ...{ act: 'R', way: '$possible-duplicates' },
    })
    const parameter: ParametersParameter[] = []
    for (const [number, rows] of shared) {
      const [first] = await peopleWithNumber(context.service.store, number)
      parameter.push({ name: 'shared', part: partsOf(number, rows, first?.id) })
    }
    return { resourceType: 'Parameters', parameter } satisfies Parameters
  },
}

async function rowsOf({ scope, sql, now }: OperationCall): Promise<readonly Row[]> {
  const params = new Params()
  const within = personRowScopeSql(scope, 'p', params, now)
  const { rows } = await sql.query<Row>(
    `with mine as materialized (
       select p.person, p.family, p.given, p.birth_date, p.nhs, p.case_status from person_row p
       where p.nhs is not null and p.in_use and ${within}),
     shared as (select nhs from mine group by nhs having count(*) > 1 order by nhs limit ${mostNumbers})
     select m.* from mine m join shared s on s.nhs = m.nhs order by m.nhs, m.person`,
    params.values,
  )
  return rows
}

/** `first`: the record that messages, emergency openings and the person's own sign-in lead to until it is decided. */
function partsOf(
  number: string,
  rows: readonly Row[],
  first: string | undefined,
): ParametersParameter[] {
  const words = (name: string, value: string | null) =>
    value ? [{ name, valueString: value }] : []
  return [
    { name: 'nhsNumber', valueString: number },
    ...rows.map((row) => ({
      name: 'record',
      part: [
        { name: 'id', valueString: row.person },
        ...words('family', row.family),
        ...words('given', row.given),
        ...words('birthDate', row.birth_date),
        ...words('caseStatus', row.case_status),
        { name: 'counts', valueBoolean: row.person === first },
      ],
    })),
  ]
}
