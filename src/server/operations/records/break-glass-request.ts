import type { Resource } from '@medplum/fhirtypes'
import { type BreakGlassReason, breakGlassReasons } from '#domain/access/break-glass.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { FhirProblem } from '#server/problem.ts'

export type BreakGlass = Readonly<{
  /** ten digits */
  nhsNumber: string
  /** `YYYY-MM-DD` */
  birthDate: string
  reason: BreakGlassReason
  words: string
}>

const longest = 1000

/** Reads the Parameters; throws 400 for what is malformed, which tells nothing of anyone. */
export function breakGlassRequest(body: Resource | undefined): BreakGlass {
  const parameters = body?.resourceType === 'Parameters' ? (body.parameter ?? []) : []
  const of = (name: string) => parameters.find((each) => each.name === name)
  const nhsNumber = (of('nhsNumber')?.valueString ?? '').replace(/[\s-]/g, '')
  const birthDate = of('birthDate')?.valueDate ?? ''
  const reason = breakGlassReasons.find((each) => each === of('reason')?.valueCode)
  const words = (of('words')?.valueString ?? '').trim().slice(0, longest)
  if (!isNhsNumber(nhsNumber)) throw malformed('nhsNumber must be an NHS number of ten digits')
  if (!/^\d{4}-\d\d-\d\d$/.test(birthDate)) throw malformed('birthDate must be a day, YYYY-MM-DD')
  if (!reason) throw malformed(`reason must be one of ${breakGlassReasons.join(', ')}`)
  if (words === '') throw malformed('words must give the reason in your own words')
  return { nhsNumber, birthDate, reason, words }
}

const malformed = (text: string) => new FhirProblem(400, 'invalid', text)
