import type { Observation, Resource } from '@medplum/fhirtypes'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { codesOf } from '#domain/reading/codes.ts'
import { readingFromFhir } from '#domain/reading/fhir.ts'
import type { Reading } from '#domain/reading/reading.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Context = Pick<RequestContext, 'actor' | 'now' | 'service'>

/**
 * A reading that a device took, sent by whoever holds the device or by a program: the device has a name, its clock is not ahead, and
 * the record does not have this reading yet, so that nobody is told of it twice. Throws 422, and 409 for one that is here. Two that
 * come at once are looked at one after the other.
 */
export async function mustBeSoundFromDevice(
  { actor, now, service }: Context,
  before: Resource | undefined,
  after: Resource,
): Promise<void> {
  if (before || after.resourceType !== 'Observation' || !after.device) return
  const reading = readingFromFhir(after)
  if (!reading || actor.role === 'admin') return
  const { display = '', reference, identifier } = after.device
  if (display.length > longestName || !(display.trim() || reference || identifier))
    throw refusal(`Name the device, in up to ${longestName} characters`, 'device')
  if (reading.at.length > 10 && Date.parse(reading.at) > Number(now) + mostAhead)
    throw refusal(
      `The time of the reading, ${reading.at}, is in the future. Look at the clock of the device`,
      'effective',
    )
  if (await isHere(service.sql, after, reading))
    throw new FhirProblem(409, 'duplicate', 'This reading is in the record already', {
      expression: 'Observation',
    })
}

const longestName = 200

/** The clock of a device may be a little ahead. */
const mostAhead = 5 * 60_000

/** The same kind, moment and amount, from a device of the same name, under another id. */
async function isHere(
  sql: RequestContext['service']['sql'],
  { id = '', device, subject }: Observation,
  reading: Reading,
): Promise<boolean> {
  const person = idIn(subject?.reference)
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`device ${person}`])
  const { rows } = await sql.query<{ id: string; content: unknown }>(
    `select r.id, r.content from resource r
     where r.rt = 'Observation' and r.person = $1 and r.id <> $2 and r.content is not null
       and r.content ? 'device'
       and exists (select 1 from jsonb_array_elements(r.content #> '{code,coding}') as o
         where o ->> 'code' = any($3::text[]))`,
    [person, id, codesOf([reading.kind])],
  )
  return rows.some(({ id: other, content }) => {
    const stored = { ...(storedRecord(content) as Observation), id: other }
    return isSameDevice(stored.device, device) && isSame(readingFromFhir(stored), reading)
  })
}

const isSameDevice = (one: Observation['device'], other: Observation['device']) =>
  (one?.display ?? one?.reference) === (other?.display ?? other?.reference)

const isSame = (one: Reading | undefined, other: Reading) =>
  one !== undefined &&
  Date.parse(one.at) === Date.parse(other.at) &&
  one.value === other.value &&
  one.second === other.second

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Observation.${element}` })
