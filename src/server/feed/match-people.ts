import type { Identifier, Patient } from '@medplum/fhirtypes'
import type { FeedFault } from '#domain/feed/feed-fault.ts'
import type { FeedPerson } from '#domain/feed/feed-line.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { namedOn, namedOnOrLater } from '#domain/fhir/current-identifier.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { tokenHash } from '#server/store/token-hash.ts'

type Match = Readonly<{ person: string; born: string | null }>
type Matched = Readonly<{ id: string } | { fault: FeedFault }>
type Candidate = Match & Readonly<{ patient: Patient }>
type Bearer = Match & Readonly<{ identifier: Identifier }>

/**
 * Finds whose line it is, among all people here: the costs of one person must never be those of another. A number on two
 * records is nobody’s. One without a system may be of anything, so the birth date has to be the same, too. Who had the
 * number on the day of the line counts, whoever has it today; if nobody had, whoever has had it since.
 */
export async function matchPeople(
  sql: Sql,
  people: readonly FeedPerson[],
): Promise<(person: FeedPerson, day: string) => Matched> {
  const all = new Map<string, Bearer[]>()
  for (const { patient, ...match } of await candidatesOf(sql, people))
    for (const identifier of patient.identifier ?? [])
      for (const key of keysOf(identifier)) {
        const bearers = all.get(key) ?? []
        bearers.push({ ...match, identifier })
        all.set(key, bearers)
      }
  return (person, day) => {
    const having = all.get(keyOf(person)) ?? []
    const then = having.filter((each) => namedOn(each.identifier, day))
    const bearers =
      then.length > 0 ? then : having.filter((each) => namedOnOrLater(each.identifier, day))
    const found = new Map(bearers.map((each) => [each.person, each]))
    return settled([...found.values()], person)
  }
}

/** A birth date that the line says must agree, as far as both are known. */
function settled(found: readonly Match[], person: FeedPerson): Matched {
  const { born } = person
  const [one, ...others] = found
  if (!one) return { fault: { code: 'nobody' } }
  if (others.length > 0) return { fault: { code: 'several' } }
  const isVague = !('nhsNumber' in person) && !person.system
  if (isVague && !(born && one.born && one.born.length === born.length))
    return { fault: { code: 'birth-date-needed' } }
  const agrees = !born || !one.born || born.startsWith(one.born) || one.born.startsWith(born)
  return agrees ? { id: one.person } : { fault: { code: 'other-birth-date' } }
}

const keyOf = (person: FeedPerson) =>
  'nhsNumber' in person
    ? `${nhsNumberSystem}|${person.nhsNumber}`
    : `${person.system ?? ''}|${person.number}`

/** An NHS number may be kept in groups, and so in the index. */
const writtenAs = (person: FeedPerson): readonly string[] => {
  if (!('nhsNumber' in person)) return [person.number, person.number.toLowerCase()]
  const { nhsNumber: digits } = person
  const parts = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)]
  return [digits, parts.join(' '), parts.join('-')]
}

/** Records that are no longer in use are nobody: the one that replaced them has the number, or gets it. */
const inUse = 'p.in_use and p.replaced_by is null'

/** Everybody who may have one of these numbers, by the index of searches and by the number that lists show. */
async function candidatesOf(
  sql: Sql,
  people: readonly FeedPerson[],
): Promise<readonly Candidate[]> {
  if (people.length === 0) return []
  const tokens = people.flatMap(writtenAs).map((each) => tokenHash('identifier', undefined, each))
  const numbers = people.flatMap((each) => ('nhsNumber' in each ? [each.nhsNumber] : []))
  const { rows } = await sql.query<Match & { content: Patient | string }>(
    `select p.person, p.birth_date as born, r.content
     from person_row p join resource r on r.rt = 'Patient' and r.id = p.person and r.content is not null
     where ${inUse} and p.person in (
       select i.id from idx i where i.rt = 'Patient' and i.tok && $1::bigint[]
       union select n.person from person_row n where n.nhs = any($2::text[]))`,
    [[...new Set(tokens)], [...new Set(numbers)]],
  )
  return rows.map(({ content, ...rest }) => ({ ...rest, patient: storedRecord<Patient>(content) }))
}

/**
 * Under which numbers a record is found. One without a system is never taken for an NHS number, whose holder may be
 * somebody else.
 */
const keysOf = ({ system = '', value = '' }: Identifier): readonly string[] =>
  system === nhsNumberSystem
    ? [`${system}|${value.replace(/[\s-]/g, '')}`]
    : [`${system}|${value}`, `|${value}`]
