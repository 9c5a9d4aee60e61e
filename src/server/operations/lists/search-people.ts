import { isStaff } from '#domain/access/actor.ts'
import { plainWords } from '#domain/risk/plain-words.ts'
import {
  peopleSearchAnswer,
  peopleSearchRequest,
  type SearchedPerson,
} from '#domain/search/people-search.ts'
import { typedBirthDate } from '#domain/search/typed-birth-date.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { readerOf } from './list-for.ts'

const most = 8

/**
 * Finds a person whom the caller may see, to open their record: everybody, also who said no to being looked for, who died or
 * whose record is no longer in use. Without words: whose plans the caller opened last; they are
 * recognised by name and birthday, and need no number.
 */
export const searchPeopleOperation: Operation = {
  name: 'search-people',
  on: 'type',
  type: 'Patient',
  changes: false,
  purpose:
    'People whom the caller may see, by the beginnings of words of a name or number, or by date of birth: text; without it, whose plans the caller opened last',
  async run(call) {
    const { actor } = call
    if (actor.role === 'program' || (!isStaff(actor) && actor.role !== 'admin'))
      throw forbidden('Only people who care for others can search for people')
    const { text = '' } = askedParameters(call, peopleSearchRequest)
    const found = text.trim() ? await named(call, text) : await recent(call)
    const people = found.slice(0, most)
    const what = new Map(people.map(({ id }) => [id, [`Patient/${id}`]]))
    await note(call.context, what, { act: 'R', way: '$search-people' })
    return peopleSearchAnswer.write({
      people,
      ...(found.length > most ? { more: true } : {}),
    })
  },
}

type Row = Readonly<Record<string, unknown>> & Readonly<{ person: string }>

const columns = `p.person, p.family, p.given, p.title, p.birth_date, p.nhs, p.left_on, p.deceased, not p.in_use as is_set_aside,
  case when p.case_status in ('active', 'onhold') then p.coordinator end as coordinator`

/** Records that were joined to another forward there: only the one in use is found. */
const reached = ({ scope, now }: OperationCall, params: Params) =>
  `${personRowScopeSql(scope, 'p', params, now)} and p.replaced_by is null`

/** Who is alive and in use first, then by name. */
async function named(call: OperationCall, text: string): Promise<readonly SearchedPerson[]> {
  const params = new Params()
  const { rows } = await call.sql.query<Row>(
    `select ${columns} from person_row p where ${reached(call, params)} and ${matches(text, params)}
     order by p.deceased, not p.in_use, p.family, p.given, p.person limit ${most + 1}`,
    params.values,
  )
  return rows.map(shownIn)
}

function matches(text: string, params: Params): string {
  const born = typedBirthDate(text)
  if (born) return `p.birth_date = ${params.add(born, 'text')}`
  const isNumber = /^[\d\s-]+$/.test(text)
  const words = plainWords(isNumber ? text.replace(/[\s-]/g, '') : text)
  if (words.length === 0) return 'false'
  return words
    .map((word) => `p.search like ${params.add(`% ${word.replace(/[\\%_]/g, '\\$&')}%`, 'text')}`)
    .join(' and ')
}

async function recent(call: OperationCall): Promise<readonly SearchedPerson[]> {
  const { rows: seen } = await call.context.service.sql.query<{ person: string }>(
    `select person from last_viewed where agent = $1 group by person order by max(at) desc limit ${most}`,
    [readerOf(call.actor)],
  )
  if (seen.length === 0) return []
  const order = seen.map(({ person }) => person)
  const params = new Params()
  const { rows } = await call.sql.query<Row>(
    `select ${columns} from person_row p
     where p.person = any(${params.add(order, 'text[]')}) and ${reached(call, params)}`,
    params.values,
  )
  return rows
    .map((row) => shownIn({ ...row, nhs: undefined }))
    .toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
}

const word = (value: unknown) => (typeof value === 'string' && value ? value : undefined)

function shownIn(row: Row): SearchedPerson {
  const words = {
    family: word(row['family']),
    given: word(row['given']),
    title: word(row['title']),
    birthDate: word(row['birth_date']),
    nhsNumber: word(row['nhs']),
    coordinator: word(row['coordinator']),
    leftOn: word(row['left_on']),
  }
  const known = Object.entries(words).filter(([, value]) => value !== undefined)
  return {
    id: row.person,
    ...Object.fromEntries(known),
    ...(row['deceased'] === true ? { died: true } : {}),
    ...(row['is_set_aside'] === true ? { setAside: true } : {}),
  }
}
