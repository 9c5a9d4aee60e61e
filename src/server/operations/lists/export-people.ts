import type { Parameters } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { ageOn } from '#domain/calendar/age.ts'
import {
  type ExportUse,
  exportPeopleRequest,
  exportUses,
  longestPurpose,
  mostExported,
} from '#domain/case/export-people.ts'
import type { Measure } from '#domain/case/measures.ts'
import { csvFile } from '#domain/csv/csv-file.ts'
import { populationParameters } from '#domain/population/population-parameters.ts'
import { keepNote } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { populationOperation } from '#server/operations/population/population.ts'
import { foundPersonIn, listAsked, pageOfPeople } from '#server/operations/worklists/find-people.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'

const way = '$export-people'

/**
 * The list as a file for a spreadsheet, as far as the caller may see it, and no further than `$find-people`. What for is
 * in the audit log with how many people. A manager gets the counts that “Our population” shows them, and no line about
 * one person.
 */
export const exportPeopleOperation: Operation = {
  name: 'export-people',
  on: 'type',
  type: 'Patient',
  changes: true,
  alone: true,
  purpose:
    'People who could be helped as CSV, by the filters of $find-people: use=care (with names, for professionals) or planning (without names, and without whoever said no to planning), purpose (why, kept in the audit log). Managers get rounded counts only',
  async run(call) {
    const { actor } = call
    const isManager = actor.role === 'manager'
    if (!isManager && (!isStaff(actor) || actor.role === 'program'))
      throw forbidden('Only people who care for others, and managers, export lists')
    const { use, purpose } = soundExport(call)
    if (isManager && use !== 'planning')
      throw forbidden('Managers export counts for planning, without names')
    const { rows, people } = isManager ? await countedRows(call) : await peopleRows(call, use)
    await keepNote(call.context, new Map(people.map((id) => [id, [`Patient/${id}`]])), {
      ...{ act: 'R', way },
      why: `${use}, ${isManager ? 'counts only' : `${people.length} people`}: ${purpose}`,
    })
    return new Response(csvFile(rows), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="people.csv"',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
}

function soundExport(call: OperationCall): Readonly<{ use: ExportUse; purpose: string }> {
  const asked = askedParameters(call, exportPeopleRequest)
  const use = exportUses.find((each) => each === asked.use)
  if (!use) throw new FhirProblem(400, 'value', `use must be one of ${exportUses.join(', ')}`)
  const purpose = asked.purpose.trim()
  if (purpose === '')
    throw new FhirProblem(422, 'required', 'Say what the file is for (purpose)', {
      expression: 'purpose',
    })
  if (purpose.length > longestPurpose)
    throw new FhirProblem(422, 'too-long', `A purpose has ${longestPurpose} characters at most`, {
      expression: 'purpose',
    })
  return { use, purpose }
}

type Exported = Readonly<{ rows: readonly (readonly string[])[]; people: readonly string[] }>

async function peopleRows(call: OperationCall, use: ExportUse): Promise<Exported> {
  const { context, now, today } = call
  await freshenPatientSummaries(context.service.sql, { now, zone: context.zone })
  const { request } = await listAsked(call)
  const found = await pageOfPeople(call, { ...request, count: mostExported + 1, offset: 0 })
  if (found.length > mostExported)
    throw new FhirProblem(
      ...([422, 'too-costly'] as const),
      `The list has more than ${mostExported} people. Narrow it first`,
    )
  const gone =
    use === 'planning'
      ? await saidNoToPlanning(
          call,
          found.map(({ person }) => person),
        )
      : []
  const people = found.filter(({ person }) => !gone.includes(person)).map(foundPersonIn)
  const columns =
    use === 'care'
      ? [...who(today), ...what]
      : [ageColumn(today), ...what.filter(({ tells }) => !tells)]
  return {
    rows: [
      columns.map(({ title }) => title),
      ...people.map((person) => columns.map(({ of }) => String(of(person) ?? ''))),
    ],
    people: people.map(({ id }) => id),
  }
}

async function saidNoToPlanning(
  { sql }: OperationCall,
  people: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql.query<{ person: string }>(
    `select person from person_row where person = any($1::text[]) and 'planning' = any(opted_out)`,
    [[...people]],
  )
  return rows.map(({ person }) => person)
}

type ListedPerson = ReturnType<typeof foundPersonIn>

type Column = Readonly<{
  title: string
  of: (person: ListedPerson) => string | number | undefined
  /** it may tell who somebody is */
  tells?: boolean
}>

const who = (today: string): readonly Column[] => [
  { title: 'Family name', of: ({ family }) => family },
  { title: 'Given name', of: ({ given }) => given },
  { title: 'Born', of: ({ birthDate }) => birthDate },
  { title: 'Age', of: ({ birthDate }) => ageOn(birthDate, today) },
  { title: 'NHS number', of: ({ nhsNumber }) => nhsNumber },
]

/** Ten years at a time; 90 and over together. */
const ageColumn = (today: string): Column => ({
  title: 'Age from',
  of: ({ birthDate }) => {
    const age = ageOn(birthDate, today)
    return age === undefined ? undefined : Math.min(90, Math.floor(age / 10) * 10)
  },
})

const what: readonly Column[] = [
  { title: 'Chance in 100', of: ({ chance }) => chance },
  { title: 'Chance a year ago', of: ({ chanceBefore }) => chanceBefore },
  { title: 'Frailty', of: ({ band }) => band },
  { title: 'Difficulties of 36', of: ({ frailty }) => frailty, tells: true },
  { title: 'Charlson', of: ({ charlson }) => charlson, tells: true },
  { title: 'Emergency stays in a year', of: ({ stays }) => stays },
  { title: 'Nights', of: ({ bedDays }) => bedDays, tells: true },
  { title: 'Medicines', of: ({ medicines }) => medicines, tells: true },
  { title: 'Stage of life', of: ({ segment }) => segment },
  { title: 'Conditions', of: ({ conditions }) => conditions.join('; '), tells: true },
  { title: 'What could be changed', of: ({ changeable }) => changeable.join('; ') },
  { title: 'Coordinator', of: ({ coordinator }) => coordinator, tells: true },
  { title: 'Not now because', of: ({ notNow }) => notNow, tells: true },
  { title: 'Look again on', of: ({ lookAgain }) => lookAgain, tells: true },
]

/** The counts of “Our population” as the manager sees them there: no other numbers, so that none can be compared. */
async function countedRows({ body: _body, ...call }: OperationCall): Promise<Exported> {
  const answer = (await populationOperation.run(call)) as Parameters
  const { cells } = populationParameters.read(answer)
  return {
    rows: [
      ['Chance in 100 from', 'to', 'Things that could be changed', 'People without a coordinator'],
      ...cells.map(({ from, to, things, people }) => [
        ...[String(from), String(to), things === 3 ? '3 or more' : String(things)],
        measured(people),
      ]),
    ],
    people: [],
  }
}

const measured = (people: Measure) =>
  'count' in people ? String(people.count) : `fewer than ${people.fewerThan}`
