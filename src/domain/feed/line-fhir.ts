import type { ExplanationOfBenefit } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { FeedKind, FeedLine } from './feed-line.ts'

const emergencyCode = 'emergency-admission'

/** A line on the wire. What FHIR requires and a feed does not say has the name of the source. */
export function lineToFhir(line: FeedLine, person: string): ExplanationOfBenefit {
  const { source, provider, cost, currency } = line
  return {
    resourceType: 'ExplanationOfBenefit',
    identifier: [{ value: line.line }],
    status: line.cancelled ? 'cancelled' : 'active',
    type: { text: line.kind, coding: [{ system: gableCodeSystem, code: line.kind }] },
    ...(line.emergency
      ? { subType: { coding: [{ system: gableCodeSystem, code: emergencyCode }] } }
      : {}),
    use: 'claim',
    patient: { reference: `Patient/${person}` },
    billablePeriod: { start: line.started, ...(line.ended ? { end: line.ended } : {}) },
    created: line.received,
    insurer: { display: source },
    provider: { display: provider ?? source },
    outcome: 'complete',
    insurance: [{ focal: true, coverage: { display: source } }],
    ...(line.code ? { item: [{ sequence: 1, productOrService: { text: line.code } }] } : {}),
    ...(cost === undefined || !currency
      ? {}
      : { payment: { amount: { value: cost / 100, currency } } }),
  }
}

/** What a screen shows of a line. */
export type ShownLine = Readonly<{
  number: string
  kind: FeedKind
  source: string
  started: string
  ended?: string
  emergency: boolean
  code?: string
  cancelled: boolean
  /** in whole units; absent: not known */
  cost?: Readonly<{ amount: number; currency: string }>
}>

export function lineFromFhir(record: ExplanationOfBenefit): ShownLine {
  const { billablePeriod, item, payment } = record
  const { value, currency } = payment?.amount ?? {}
  const code = item?.[0]?.productOrService.text
  return {
    number: record.identifier?.[0]?.value ?? '',
    kind: (record.type.text ?? 'claim') as FeedKind,
    source: record.insurer.display ?? '',
    started: billablePeriod?.start ?? '',
    ...(billablePeriod?.end ? { ended: billablePeriod.end } : {}),
    emergency: record.subType?.coding?.some((each) => each.code === emergencyCode) ?? false,
    ...(code ? { code } : {}),
    cancelled: record.status === 'cancelled',
    ...(value === undefined || !currency ? {} : { cost: { amount: value, currency } }),
  }
}
