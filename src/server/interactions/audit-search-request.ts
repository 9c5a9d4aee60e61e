import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { type AuditNote, note, type RequestContext } from '#server/http/request-context.ts'

type Looking = Readonly<{
  what: ReadonlyMap<string, readonly string[]>
  /** ids of people who were asked about by name */
  asked: readonly string[]
}>

const look = { act: 'R', way: 'search-type' } as const
const unrelated: AuditNote = {
  ...look,
  allowed: false,
  why: 'Nothing was shown: no relation to this person',
}

/**
 * Keeps the entry of a search: of those of whom something was shown, of those who were asked about and of whom there was
 * nothing, and, as refused, of those whom the one who asks may not know of. What is hidden is asked for as what is not there.
 */
export async function auditSearchRequest(
  context: RequestContext,
  { what, asked }: Looking,
): Promise<void> {
  const others = [...new Set(asked)].filter((person) => !what.has(person))
  if (others.length === 0) return await note(context, what, look)
  const seen = new Map(what)
  const refused = new Map<string, readonly string[]>()
  const known = await thatExist(context, others)
  for (const person of others) {
    const isWithin = await context.store.mayReach(person, context.accessScope.scope)
    if (known.has(person)) (isWithin ? seen : refused).set(person, [`Patient/${person}`])
  }
  await Promise.all([
    note(context, seen, look),
    ...(refused.size > 0 ? [note(context, refused, unrelated)] : []),
  ])
}

async function thatExist(
  { service }: RequestContext,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await service.sql.query<{ id: string }>(
    `select id from resource where rt = 'Patient' and id = any($1::text[])`,
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}

const mostPeople = 100
const mostNumbers = 10

/** Parameters whose bare values are ids of people. */
const ofPeople = [
  'patient',
  'subject',
  'beneficiary',
  'individual',
  'member',
  'actor',
  'participant',
]

/**
 * Ids of people whom a search names, wherever it does: by the record, in a chain, or as those whom others are to have to do
 * with (`Practitioner?_has:CareTeam:participant:patient=…` asks who looks after her). A number counts as far as it is of
 * somebody within reach.
 */
export async function peopleAskedFor(
  context: RequestContext,
  type: string,
  query: URLSearchParams,
): Promise<readonly string[]> {
  const terms = [...query].flatMap(([name, value]) =>
    value.split(',').map((each) => ({ ...partsOf(type, name), value: each })),
  )
  const ids = terms.flatMap(({ isPeoples, value }) => idIn(value, isPeoples))
  const numbers = terms.filter(({ isNumber }) => isNumber).map(({ value }) => value)
  return [...ids, ...(await withNumbers(context, numbers.slice(0, mostNumbers)))].slice(
    0,
    mostPeople,
  )
}

/** What the last parameter of a chain asks, and of whom. */
function partsOf(type: string, name: string) {
  const parts = name.split(/[.:]/)
  const isFar = parts.length > 1
  const code = parts.at(-1) ?? ''
  const of = parts.at(-2) ?? ''
  const isPeoples =
    ofPeople.includes(code) ||
    (code === 'Patient' && ofPeople.includes(of)) ||
    (code === '_id' && (isFar || type === 'Patient'))
  return { isPeoples, isNumber: code === 'identifier' && isFar }
}

function idIn(value: string, isPeoples: boolean): readonly string[] {
  const target = referenceTarget(value)
  if (target) return target.type === 'Patient' ? [target.id] : []
  return isPeoples && /^[A-Za-z0-9\-.]{1,64}$/.test(value) ? [value] : []
}

async function withNumbers(
  context: RequestContext,
  numbers: readonly string[],
): Promise<readonly string[]> {
  if (numbers.length === 0) return []
  const identifier = [...new Set(numbers)].join(',')
  return await context.store.match(
    'Patient',
    new URLSearchParams({ identifier }),
    { people: context.accessScope.scope.people },
    mostPeople,
  )
}
