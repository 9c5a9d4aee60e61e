import type { Patient } from '@medplum/fhirtypes'
import type { FeedFault } from '#domain/feed/feed-fault.ts'
import type { FeedPerson } from '#domain/feed/feed-line.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { tokenHash } from '#server/store/token-hash.ts'

type Match = Readonly<{ person: string; born: string | null }>
type Matched = Readonly<{ id: string } | { fault: FeedFault }>

/** Finds whose line it is, among all people here: the costs of one person must never be those of another. */
export async function matchPeople(
  sql: Sql,
  people: readonly FeedPerson[],
): Promise<(person: FeedPerson) => Matched> {
  const byNhsNumber = await matchesOfNhsNumbers(sql, people)
  const byNumber = await matchesOfNumbers(sql, people)
  return (person) => {
    const found =
      'nhsNumber' in person
        ? (byNhsNumber.get(person.nhsNumber) ?? [])
        : (byNumber.get(keyOf(person)) ?? [])
    return settled(found, person.born)
  }
}

/** A birth date that the line says must agree, as far as both are known. */
function settled(found: readonly Match[], born: string | undefined): Matched {
  const [one, ...others] = found
  if (!one) return { fault: { code: 'nobody' } }
  if (others.length > 0) return { fault: { code: 'several' } }
  const agrees = !born || !one.born || born.startsWith(one.born) || one.born.startsWith(born)
  return agrees ? { id: one.person } : { fault: { code: 'other-birth-date' } }
}

type Numbered = Readonly<{ number: string; system?: string }>
const keyOf = ({ number, system = '' }: Numbered) => `${system}|${number}`

/** Records that are no longer in use are nobody: the one that replaced them has the number, or gets it. */
const inUse = 'p.in_use and p.replaced_by is null'

async function matchesOfNhsNumbers(sql: Sql, people: readonly FeedPerson[]) {
  const numbers = [
    ...new Set(people.flatMap((each) => ('nhsNumber' in each ? each.nhsNumber : []))),
  ]
  if (numbers.length === 0) return new Map<string, Match[]>()
  const { rows } = await sql.query<Match & { nhs: string }>(
    `select p.nhs, p.person, p.birth_date as born from person_row p
     where p.nhs = any($1::text[]) and ${inUse}`,
    [numbers],
  )
  return Map.groupBy(rows, ({ nhs }) => nhs)
}

/** Other numbers are found by the index of searches, and compared with the record. */
async function matchesOfNumbers(sql: Sql, people: readonly FeedPerson[]) {
  const asked = people.flatMap((each): readonly Numbered[] => ('nhsNumber' in each ? [] : [each]))
  const found = new Map<string, Match[]>()
  if (asked.length === 0) return found
  const tokens = asked.flatMap(({ number }) => [
    ...[tokenHash('identifier', undefined, number)],
    ...[tokenHash('identifier', undefined, number.toLowerCase())],
  ])
  const { rows } = await sql.query<Match & { content: Patient | string }>(
    `select p.person, p.birth_date as born, r.content
     from idx i join resource r on r.rt = 'Patient' and r.id = i.id join person_row p on p.person = r.id
     where i.rt = 'Patient' and i.tok && $1::bigint[] and ${inUse}`,
    [[...new Set(tokens)]],
  )
  for (const each of asked) {
    const theirs = rows.filter(({ content }) => holds(storedRecord<Patient>(content), each))
    found.set(keyOf(each), theirs)
  }
  return found
}

const holds = ({ identifier = [] }: Patient, { number, system }: Numbered): boolean =>
  identifier.some(
    (each) => each.value === number && each.use !== 'old' && (!system || each.system === system),
  )
