import type { Extension, Flag, Reference } from '@medplum/fhirtypes'
import { extensionOf, given, referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { kindOfCode } from '#domain/reading/codes.ts'
import { kindFacts, type ReadingKind } from '#domain/reading/reading.ts'

export type AlertWhy = 'low' | 'high' | 'rise' | 'unit' | 'trend'

/** One thing that was found: the rule and its version, and the exact readings it was worked out from. */
export type AlertFound = Readonly<{
  why: AlertWhy
  /** the reading that it is told of */
  reading: string
  /** of a trend: the rule and its version; of a limit: `limit`, and the version of the plan that agreed it */
  rule: string
  version: string
  /** how much, in the unit of the rule */
  amount?: number
  /** `Observation/1/_history/2`, oldest first */
  basis: readonly string[]
}>

/**
 * Whose an alert is. One owner has to answer it by a time; then it goes on, once, to the one named next. The service writes
 * it when it raises the alert, and nobody else.
 */
export type AlertDuty = Readonly<{
  kind: ReadingKind
  /** instant */
  raised: string
  owner?: Who
  answerBy: string
  next?: Who
  found: readonly AlertFound[]
}>

export const alertDutyName = 'alert-duty'

const partsOf = ({ extension = [] }: Extension, url: string) =>
  extension.filter((each) => each.url === url)

function foundFrom(each: Extension): readonly AlertFound[] {
  const part = (url: string) => partsOf(each, url)[0]
  const why = part('why')?.valueCode as AlertWhy | undefined
  const reading = part('reading')?.valueId
  if (!why || !reading) return []
  return [
    {
      ...{ why, reading },
      ...{ rule: part('rule')?.valueCode ?? '', version: part('version')?.valueString ?? '' },
      ...given('amount', part('amount')?.valueDecimal),
      basis: partsOf(each, 'basis').flatMap(
        ({ valueReference }) => valueReference?.reference ?? [],
      ),
    },
  ]
}

export function alertDutyOf(flag: Flag): AlertDuty | undefined {
  const duty = extensionOf(flag, alertDutyName)
  if (!duty) return undefined
  const part = (url: string) => partsOf(duty, url)[0]
  const kind = kindOfCode(part('code')?.valueCode)
  const [raised, answerBy] = [part('raised')?.valueDateTime, part('answer-by')?.valueDateTime]
  if (!kind || !raised || !answerBy) return undefined
  return {
    ...{ kind, raised, answerBy },
    ...given('owner', whoFrom(part('owner')?.valueReference)),
    ...given('next', whoFrom(part('next')?.valueReference)),
    found: partsOf(duty, 'found').flatMap(foundFrom),
  }
}

const reference = (url: string, who: Who | undefined): Extension[] =>
  who ? [{ url, valueReference: referenceTo(who) as Reference }] : []

const foundExtension = (each: AlertFound): Extension => ({
  url: 'found',
  extension: [
    { url: 'why', valueCode: each.why },
    { url: 'reading', valueId: each.reading },
    { url: 'rule', valueCode: each.rule },
    { url: 'version', valueString: each.version },
    ...(each.amount === undefined ? [] : [{ url: 'amount', valueDecimal: each.amount }]),
    ...each.basis.map((one) => ({ url: 'basis', valueReference: { reference: one } })),
  ],
})

/** As it is stored on the Flag of the alert. */
export const alertDutyExtension = (duty: AlertDuty): Omit<Extension, 'url'> => ({
  extension: [
    { url: 'code', valueCode: kindFacts[duty.kind].loinc },
    { url: 'raised', valueDateTime: duty.raised },
    ...reference('owner', duty.owner),
    { url: 'answer-by', valueDateTime: duty.answerBy },
    ...reference('next', duty.next),
    ...duty.found.map(foundExtension),
  ],
})
