import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { resourceTypes, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { type AuditNote, note, type RequestContext } from '#server/http/request-context.ts'

type Looking = Readonly<{
  what: ReadonlyMap<string, readonly string[]>
  /** ids of people who were searched for by name */
  asked: readonly string[]
}>

const searchEntry = { act: 'R', way: 'search-type' } as const
const unrelated: AuditNote = {
  ...searchEntry,
  allowed: false,
  why: 'Nothing was shown: no relation to this person',
}

/**
 * Adds the audit entry of a search: for people of whom something was shown, for people who were searched for without a
 * result, and, as refused, for those whom the user may not know of. Searching for what is hidden is recorded like
 * searching for what does not exist.
 */
export async function auditSearchRequest(
  context: RequestContext,
  { what, asked }: Looking,
): Promise<void> {
  const others = [...new Set(asked)].filter((person) => !what.has(person))
  if (others.length === 0) return await note(context, what, searchEntry)
  const seen = new Map(what)
  const refused = new Map<string, readonly string[]>()
  const known = await thatExist(context, others)
  for (const person of known) {
    const isWithin = await context.store.mayReach(person, context.accessScope.scope)
    ;(isWithin ? seen : refused).set(person, [`Patient/${person}`])
  }
  await Promise.all([
    note(context, seen, searchEntry),
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

/** A search with more values is refused as too costly, so nobody is named without being told. */
const mostPeople = 1_000

/** Parameters whose bare values may be ids of people: a reference of some type leads to a Patient, or to anything. */
const ofPeople: ReadonlySet<string> = new Set(
  resourceTypes.flatMap((type) =>
    [...searchParametersOf(type).values()]
      .filter(({ kind, targets }) => kind === 'reference' && mayBePatient(targets))
      .map(({ code }) => code),
  ),
)

function mayBePatient(targets: readonly string[]): boolean {
  return targets.length === 0 || targets.includes('Patient')
}

/**
 * Ids of people named anywhere in a search: by the record, in a chain, or as those whom others are to be related to
 * (`Practitioner?_has:CareTeam:participant:patient=…` asks who looks after a person). A number counts if it belongs to
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
  return [...ids, ...(await withNumbers(context, numbers))]
}

/** What the last parameter of a chain asks for, and about whom. */
function partsOf(type: string, name: string) {
  const parts = name.split(/[.:]/)
  const isFar = parts.length > 1
  const code = parts.at(-1) ?? ''
  const of = parts.at(-2) ?? ''
  const isPeoples =
    ofPeople.has(code) ||
    (code === 'Patient' && ofPeople.has(of)) ||
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
