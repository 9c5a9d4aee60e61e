import type { Observation, Resource } from '@medplum/fhirtypes'
import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { readingFromFhir } from '#domain/reading/fhir.ts'
import type { Reading } from '#domain/reading/reading.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { deviceReadingsHere, rememberDeviceReading } from './device-readings-here.ts'

type Context = Pick<RequestContext, 'actor' | 'now' | 'zone' | 'service' | 'pendingWrites'>

/**
 * A reading that a device took, sent by whoever holds the device or by a program: the device has a name, its clock is not ahead, and
 * the record does not have this reading yet, so that nobody is told of it twice. Throws 422, and 409 for one that is here. Two that
 * come at once are looked at one after the other.
 */
export async function mustBeSoundFromDevice(
  context: Context,
  before: Resource | undefined,
  after: Resource,
): Promise<void> {
  const { actor, now, zone } = context
  if (before || after.resourceType !== 'Observation' || !after.device) return
  const reading = readingFromFhir(after)
  if (!reading || actor.role === 'admin') return
  const { display = '', reference, identifier } = after.device
  if (display.length > longestName || !(display.trim() || reference || identifier))
    throw refusal(`Name the device, in up to ${longestName} characters`, 'device')
  if (isAhead(reading.at, { now, zone }))
    throw refusal(
      `The time of the reading, ${reading.at}, is in the future. Look at the clock of the device`,
      'effective',
    )
  await mustNotBeHere(context, after, reading)
}

const longestName = 200

/** The clock of a device may be a little ahead. */
const mostAhead = 5 * 60_000

/** A day without a time is ahead if it is not here yet. */
const isAhead = (at: string, { now, zone }: Clock): boolean =>
  at.length > 10 ? Date.parse(at) > Number(now) + mostAhead : at > dayIn(zone, now)

/** The same kind, moment and amount, from a device of the same name, under another id. One that was taken back is none. */
async function mustNotBeHere(
  context: Context,
  after: Observation,
  reading: Reading,
): Promise<void> {
  const person = idIn(after.subject?.reference)
  const asked = { person, kind: reading.kind, at: reading.at }
  const here = await deviceReadingsHere(context, asked)
  const isDouble = here.some((stored) => {
    if (stored.id === after.id) return false
    const { device } = stored
    // as it will be: it may be taken back in the same transaction
    const coming = context.pendingWrites.get(`Observation/${stored.id}`) as Observation | undefined
    return isSameDevice(device, after.device) && isSame(readingFromFhir(coming ?? stored), reading)
  })
  if (isDouble)
    throw new FhirProblem(409, 'duplicate', 'This reading is in the record already', {
      expression: 'Observation',
    })
  rememberDeviceReading(context, asked, after)
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
