import type { Resource, ServiceRequest, Task } from '@medplum/fhirtypes'
import {
  as,
  day,
  group,
  integer,
  list,
  optional,
  parameters,
  record,
  text,
  yes,
} from '#domain/fhir/parameters.ts'
import { referralFromFhir } from './fhir.ts'
import type { Referral } from './referral.ts'

/** The input of `$request-coordinator`: why, in the words of who asks; `withdraw`: they no longer want it. */
export const requestCoordinatorRequest = parameters({ why: text, withdraw: yes })
/** The id of the referral, and the day by which the team answers. */
export const requestCoordinatorAnswer = parameters({ referral: text, answerBy: day, team: text })

/** The input of `$referrals`: how many lines, 200 unless more are asked for. */
export const referralsRequest = parameters({ count: optional(integer) })

const codec = parameters({
  /** how many there are, how many wait for an answer, and how many of them are late; whether or not they are shown */
  ...{ total: integer, waiting: integer, late: integer },
  rows: as(
    'referral',
    list(
      group({
        task: record<Task>('Task'),
        request: record<ServiceRequest>('ServiceRequest'),
        ...{ family: text, given: text, birthDate: text },
        /** what a carer is to the person */
        relationship: text,
        /** who coordinates now, if there is a case */
        coordinator: text,
        caseStatus: text,
      }),
    ),
  ),
})

type Person = Readonly<Record<'family' | 'given' | 'birthDate' | 'relationship', string>> &
  Readonly<{ coordinator: string; caseStatus: string }>
type Row = Person & Readonly<{ task: Task; request: ServiceRequest | undefined }>
type Counts = Readonly<{ total: number; waiting: number; late: number }>

/** The result of `$referrals`. */
export const referralsToParameters = ({
  rows,
  ...counts
}: Counts & Readonly<{ rows: readonly Row[] }>) => codec.write({ ...counts, rows: rows as never })

export type ReferralToUs = Person & Readonly<{ referral: Referral }>
export type ReferralsToUs = Counts & Readonly<{ rows: readonly ReferralToUs[] }>

export function referralsFromParameters(answer: Resource): ReferralsToUs {
  const { rows, ...counts } = codec.read(answer)
  return {
    ...counts,
    rows: rows.flatMap(({ task, request, ...who }) =>
      task ? [{ ...who, referral: referralFromFhir(task, request) }] : [],
    ),
  }
}
