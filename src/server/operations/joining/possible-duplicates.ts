import { isStaff } from '#domain/access/actor.ts'
import type { In } from '#domain/fhir/parameters.ts'
import {
  duplicatesRequest,
  pairsAtOnce,
  possibleDuplicates,
} from '#domain/person/duplicates-fhir.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { note } from '#server/http/request-context.ts'
import { peopleWithNumber } from '#server/integrity/people-with-number.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { alikeDecidedOf, alikeToDecide } from './alike-to-decide.ts'

type Row = Readonly<{
  person: string
  family: string | null
  given: string | null
  birth_date: string | null
  nhs: string
  case_status: string | null
}>

type SharedRecords = In<typeof possibleDuplicates>['shared'][number]

const mostNumbers = 100
const mostPairs = 1_000

const pairsShown = (count = pairsAtOnce): number =>
  count >= 1 ? Math.min(mostPairs, count) : pairsAtOnce

/**
 * Records in use that share an NHS number, or look alike without one, for users who may open at least two of them.
 * Somebody has to decide.
 */
export const possibleDuplicatesOperation: Operation = {
  name: 'possible-duplicates',
  on: 'system',
  changes: false,
  purpose:
    'Records with the same NHS number, and records that look alike (the first of them: count, 20 or up to 1,000; and how many there are), to decide whether they are about one person',
  async run(call) {
    const { actor, context } = call
    if (!isStaff(actor) && actor.role !== 'admin')
      throw forbidden('Only people who care for others can list people')
    const byNumber = Map.groupBy(await rowsOf(call), (row) => row.nhs)
    const shared = [...byNumber].filter(([number]) => isNhsNumber(number))
    const { count } = askedParameters(call, duplicatesRequest)
    const { pairs: alike, total } = await alikeToDecide(call, pairsShown(count))
    const decided = await alikeDecidedOf(call)
    const pairs = [...alike, ...decided].flatMap(({ records }) => records.map(({ id }) => id))
    const seen = [...shared.flatMap(([, rows]) => rows.map(({ person }) => person)), ...pairs]
    await note(context, new Map(seen.map((id) => [id, [`Patient/${id}`]])), {
      ...{ act: 'R', way: '$possible-duplicates' },
    })
    const found: SharedRecords[] = []
    for (const [nhsNumber, rows] of shared) {
      // the record that messages, emergency openings and the person's own sign-in lead to until it is decided
      const [first] = await peopleWithNumber(context.service.store, nhsNumber, call.today)
      found.push({ nhsNumber, records: rows.map((row) => recordOf(row, first?.id)) })
    }
    return possibleDuplicates.write({ shared: found, alike, alikeTotal: total, decided })
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

const recordOf = (row: Row, first: string | undefined) => ({
  ...{ id: row.person, family: row.family ?? '', given: row.given ?? '' },
  ...{ birthDate: row.birth_date ?? '', caseStatus: row.case_status ?? '' },
  counts: row.person === first,
})
