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
import { relatedSql, summedScope } from '#server/store/access/summed-scope.ts'
import { Params } from '#server/store/params.ts'
import {
  beginsSql,
  firstOfAllSql,
  firstOfEachWordSql,
  mostWords,
  wordScopesSql,
} from '#server/store/search/people-by-words.ts'
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

/** Who is alive and in use first, then by name: the order of `person_word`. */
const order = `p.deceased, not p.in_use, p.family is null, coalesce(p.family, ''), coalesce(p.given, ''), p.person`

async function named(call: OperationCall, text: string): Promise<readonly SearchedPerson[]> {
  const born = typedBirthDate(text)
  if (born) return await found(call, (params) => `p.birth_date = ${params.add(born, 'text')}`)
  const isNumber = /^[\d\s-]+$/.test(text)
  const words = plainWords(isNumber ? text.replace(/[\s-]/g, '') : text)
  if (words.length === 0) return []
  const among = await firstNamed(call, words)
  return await found(call, (params) =>
    [
      ...words.map((word) => beginsSql('p.search', word, params)),
      ...(among
        ? [
            `p.person in (${[
              `select unnest(${params.add([...among], 'text[]')})`,
              ...relatedSql(call.scope, params, call.now),
            ].join(' union all ')})`,
          ]
        : []),
    ].join(' and '),
  )
}

async function found(
  call: OperationCall,
  matches: (params: Params) => string,
): Promise<readonly SearchedPerson[]> {
  const params = new Params()
  const { rows } = await call.sql.query<Row>(
    `select ${columns} from person_row p where ${reached(call, params)} and ${matches(params)}
     order by ${order} limit ${most + 1}`,
    params.values,
  )
  return rows.map(shownIn)
}

/**
 * Who comes first of those whom the caller’s organisation sees at once, however many have that name; undefined: nobody
 * keeps that for this caller.
 */
async function firstNamed(
  { sql, scope }: OperationCall,
  words: readonly string[],
): Promise<readonly string[] | undefined> {
  const sums = summedScope(scope)
  if (sums === undefined) return undefined
  const scopes = sums === '*' ? await wordScopes(sql) : [sums]
  const asked = { scopes, words, most: most + 1 }
  const read = async (sqlOf: typeof firstOfAllSql) => {
    const params = new Params()
    const text = sqlOf(asked, params)
    return (await sql.query<{ person: string | null; many?: number }>(text, params.values)).rows
  }
  const each = await read(firstOfEachWordSql)
  const people = (each[0]?.many ?? 0) < mostWords ? each : await read(firstOfAllSql)
  return people.flatMap(({ person }) => person ?? [])
}

async function wordScopes(sql: OperationCall['sql']): Promise<readonly string[]> {
  const { rows } = await sql.query<{ scope: string }>(wordScopesSql)
  return rows.map(({ scope }) => scope)
}

async function recent(call: OperationCall): Promise<readonly SearchedPerson[]> {
  const { rows: seen } = await call.context.service.sql.query<{ person: string }>(
    `select person from last_viewed where agent = $1 group by person order by max(at) desc limit ${most}`,
    [readerOf(call.actor)],
  )
  if (seen.length === 0) return []
  const newest = seen.map(({ person }) => person)
  const params = new Params()
  const { rows } = await call.sql.query<Row>(
    `select ${columns} from person_row p
     where p.person = any(${params.add(newest, 'text[]')}) and ${reached(call, params)}`,
    params.values,
  )
  return rows
    .map((row) => shownIn({ ...row, nhs: undefined }))
    .toSorted((one, other) => newest.indexOf(one.id) - newest.indexOf(other.id))
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
