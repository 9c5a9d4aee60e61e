import { isStaff } from '#domain/access/actor.ts'
import { ageOn } from '#domain/calendar/age.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { type CheckFacts, checkedCriteria } from '#domain/programme/criteria.ts'
import type { Programme } from '#domain/programme/programme.ts'
import { isOpenEntry } from '#domain/programme/programme-entry.ts'
import { personProgrammes } from '#domain/programme/programme-parameters.ts'
import { wasDeclined } from '#domain/programme/why-left-out.ts'
import { noteShown } from '#server/http/request-context.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { doneFacts, nothingDone } from './done-facts.ts'
import { type EntryRow, entryRows, type LeftOutRow, leftOutIn } from './entry-rows.ts'
import { shownFidelity } from './programme-people.ts'
import { type DefinedThen, definedThen, storedProgrammes } from './stored-programmes.ts'

/**
 * The programmes that a person was invited to or is in. Professionals also read what was done, and for each programme in
 * use what the record shows of who may enter.
 */
export const personProgrammesOperation: Operation = {
  name: 'person-programmes',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'The programmes that a person was invited to or is in, each step, and for professionals what was really done, and for each programme what the record shows of who may enter; for the person, professionals and administrators',
  async run(call) {
    const { actor, context, id = '' } = call
    const isOwn = actor.person === id
    if (!isOwn && !isStaff(actor) && actor.role !== 'admin')
      throw forbidden('Only the person and people who care for them see their programmes')
    const reading = { sql: call.sql, scope: call.scope, now: call.now, zone: context.zone }
    const rows = await entryRows(reading, { person: id })
    await noteShown(
      context,
      rows.map(({ group }) => group),
      '$person-programmes',
    )
    const all = await storedProgrammes(context.service.sql)
    const asDefined = await definedThen(
      context.service.sql,
      rows.map(({ entry }) => entry),
      all,
    )
    const facts = isOwn ? undefined : await factsOf(reading, id, call.today)
    const entries = await shownEntries(call, { rows, asDefined, check: facts?.check, isOwn })
    if (isOwn) return personProgrammes.write({ entries, programmes: [] })
    return personProgrammes.write({
      entries,
      programmes: all
        .filter(({ programme }) => !programme.retired)
        .map(({ definition, programme }) => ({
          definition,
          criteria: facts ? checkedCriteria(programme.criteria, facts.check) : [],
          excludedBy: excludedBy(programme, { rows, asDefined }),
          wasDeclined: wasDeclined(
            rows.map(({ entry }) => entry),
            programme.id,
          ),
        })),
      ...given('leftOut', facts?.leftOut),
      ...given('inUse', facts?.inUse),
    })
  },
}

type Known = Readonly<{ rows: readonly EntryRow[]; asDefined: DefinedThen }>

async function shownEntries(
  call: OperationCall,
  {
    rows,
    asDefined,
    check,
    isOwn,
  }: Known & Readonly<{ check: CheckFacts | undefined; isOwn: boolean }>,
) {
  const { context, id = '', today } = call
  const reading = { sql: call.sql, scope: call.scope, now: call.now, zone: context.zone }
  const facts = (isOwn ? undefined : (await doneFacts(reading, [id])).get(id)) ?? nothingDone
  return rows.map(({ group, entry }) => {
    const { programme, definition } = asDefined(entry) ?? {}
    const shown = { entry: group, ...given('definition', definition) }
    if (!programme || isOwn) return { ...shown, criteria: [], excludedBy: [] }
    return {
      ...shown,
      ...given('fidelity', shownFidelity(programme, entry, { facts, today })),
      criteria: check ? checkedCriteria(programme.criteria, check) : [],
      excludedBy: excludedBy(programme, { rows, asDefined }),
    }
  })
}

/** Titles of what the person is in, of programmes that either of the two shuts out. */
export const excludedBy = (programme: Programme, { rows, asDefined }: Known): readonly string[] =>
  rows
    .filter(({ entry }) => isOpenEntry(entry) && entry.programme !== programme.id)
    .filter(({ entry }) => {
      const other = asDefined(entry)?.programme
      return programme.notWith.includes(entry.programme) || other?.notWith.includes(programme.id)
    })
    .map(({ entry }) => entry.title)

type Row = Readonly<
  {
    birth_date: string | null
    frailty: number | null
    coded: boolean
    stays: number
    medicines: number
    conditions: readonly string[]
    changeable: readonly string[]
    case_status: string | null
    last_contact: string | null
  } & LeftOutRow
>

/** What the lists know about a person whom the caller may see. */
export async function factsOf(
  { sql, scope, now }: Pick<OperationCall, 'sql' | 'scope' | 'now'>,
  person: string,
  today: string,
) {
  const params = new Params()
  const id = params.add(person, 'text')
  const { rows } = await sql.query<Row>(
    `select birth_date, frailty, coded, stays, medicines, conditions, coalesce(changeable, '{}') as changeable,
       case_status, last_contact, deceased, in_use, replaced_by, opted_out
     from person_row p where p.person = ${id} and ${personRowScopeSql(scope, 'p', params, now)}`,
    params.values,
  )
  const [row] = rows
  if (!row) return undefined
  return {
    check: checkIn(row, today),
    leftOut: leftOutIn(row),
    inUse: row.replaced_by ?? undefined,
  }
}

/** Where nothing is recorded that would tell, nothing is known: as in rules of finding people. */
function checkIn(row: Row, today: string): CheckFacts {
  const { stays, medicines, coded } = row
  const isSeen = row.last_contact !== null || stays > 0
  const isJustHome = row.changeable.includes('just-home')
  return {
    age: ageOn(row.birth_date ?? undefined, today),
    difficulties: coded ? (row.frailty ?? undefined) : undefined,
    stays: isSeen ? stays : undefined,
    medicines: coded || medicines > 0 ? medicines : undefined,
    conditions: row.conditions,
    isCoded: coded,
    isJustHome: isSeen || isJustHome ? isJustHome : undefined,
    hasCoordinator: ['active', 'onhold'].includes(row.case_status ?? ''),
  }
}
