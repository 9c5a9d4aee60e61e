import type { ParametersParameter, Resource } from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import { dayIn, endOfDay } from '#domain/calendar/zone.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'

/** Which state of a plan is asked for: that of a version, or the one at a moment. */
export type StateAsked = Readonly<{ version: number } | { moment: Date }>

/** From the address or from the body. Throws 400 with what is wrong. */
export function stateAsked(call: Pick<OperationCall, 'query' | 'body' | 'context'>): StateAsked {
  const version = askedValue(call, 'version')
  const at = askedValue(call, 'at')
  if ((version === undefined) === (at === undefined))
    throw problem('required', 'Say either which version, or at which day or instant (at)')
  return version === undefined ? { moment: momentIn(at ?? '', call) } : numberIn(version)
}

function numberIn(text: string): StateAsked {
  if (/^[1-9]\d{0,8}$/.test(text)) return { version: Number(text) }
  throw problem('value', 'version must be a whole number from 1')
}

/** The whole number of this name, at least 1; undefined if none was sent. */
export function askedNumber(call: Pick<OperationCall, 'query' | 'body'>, name: string) {
  const text = askedValue(call, name)
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw problem('value', `${name} must be a whole number from 1`)
}

/** The day of this name, in the past or today; undefined if none was sent. Throws 400 for any other. */
export function askedDay(call: Pick<OperationCall, 'query' | 'body' | 'today'>, name: string) {
  const text = askedValue(call, name)
  if (text === undefined) return undefined
  if (!dayShape.test(text) || !isOnCalendar(text))
    throw problem('value', `${name} must be a day, such as 2026-03-03`)
  if (text > call.today) throw problem('value', `${name} is in the future`)
  return text
}

function askedValue({ query, body }: Pick<OperationCall, 'query' | 'body'>, name: string) {
  const sent = [...query.getAll(name), ...valuesIn(body, name)]
  if (sent.length > 1) throw problem('invalid', `${name} was sent twice`)
  return sent[0]
}

const kinds = [
  ...(['valueInteger', 'valuePositiveInt', 'valueUnsignedInt', 'valueString'] as const),
  ...(['valueInstant', 'valueDateTime', 'valueDate'] as const),
]

function valuesIn(body: Resource | undefined, name: string): readonly string[] {
  const sent: unknown = body?.resourceType === 'Parameters' ? body.parameter : undefined
  const parts = (Array.isArray(sent) ? sent : []) as readonly (ParametersParameter | null)[]
  return parts.flatMap((part) => (part?.name === name ? [valueAsText(part)] : []))
}

function valueAsText(part: ParametersParameter): string {
  const kind = kinds.find((each) => part[each] !== undefined)
  return kind ? String(part[kind]) : ''
}

const dayShape = /^[1-9]\d{3}-\d\d-\d\d$/
const instantShape = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** A day stands for its last moment in the service’s time zone; today, and what is left of it, for now. */
function momentIn(sent: string, { context }: Pick<OperationCall, 'context'>): Date {
  // a plus sign that was not encoded arrives as a space
  const text = sent.replace(/ (?=\d\d:\d\d$)/, '+')
  const { now, zone } = context
  const isDay = dayShape.test(text)
  if (!(isDay || instantShape.test(text)) || !isOnCalendar(text))
    throw problem('value', 'at must be a day, such as 2026-03-03, or an instant with its time zone')
  const moment = isDay ? new Date(endOfDay(text, zone).getTime() - 1) : new Date(Date.parse(text))
  if (moment <= now) return moment
  if (dayIn(zone, moment) <= dayIn(zone, now)) return now
  throw problem('value', 'at is in the future')
}

function isOnCalendar(text: string): boolean {
  const day = new Date(`${dayWritten(text)}T00:00:00Z`)
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(dayWritten(text))
  return isDay && !Number.isNaN(Date.parse(text))
}

const problem = (code: 'value' | 'required' | 'invalid', text: string) =>
  new FhirProblem(400, code, text)
