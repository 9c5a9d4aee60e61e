import type { OperationOutcome } from '@medplum/fhirtypes'

/** Why a request failed, in the terms that a screen can act on. */
export type FhirErrorKind =
  | 'offline'
  | 'unreachable'
  | 'signed-out'
  | 'forbidden'
  | 'missing'
  | 'stale'
  | 'refused'
  | 'broken'
  /** no storage space left */
  | 'full'
  /** offline, and not among the downloaded records */
  | 'not-downloaded'
  /** cannot be queued: it needs a connection */
  | 'needs-network'

const kindByStatus: Readonly<Record<number, FhirErrorKind>> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'missing',
  410: 'missing',
  409: 'stale',
  412: 'stale',
  507: 'full',
}

export class FhirError extends Error {
  readonly kind: FhirErrorKind
  /** HTTP status, 0 when nothing answered */
  readonly status: number
  readonly outcome: OperationOutcome | undefined

  constructor(facts: {
    kind?: FhirErrorKind
    status: number
    text?: string
    outcome?: OperationOutcome
    cause?: unknown
  }) {
    super(facts.text || `The service did not answer as expected (${facts.status})`, {
      cause: facts.cause,
    })
    this.name = 'FhirError'
    this.status = facts.status
    this.outcome = facts.outcome
    this.kind =
      facts.kind ?? kindByStatus[facts.status] ?? (facts.status >= 500 ? 'broken' : 'refused')
  }
}

export function outcomeText(outcome: OperationOutcome | undefined): string {
  return (outcome?.issue ?? [])
    .map((issue) => issue.details?.text ?? issue.diagnostics ?? issue.code)
    .join('; ')
}

/** The error when `fetch` fails: no answer, because of the network or something else. */
export function noAnswer(cause: unknown): never {
  const kind = navigator.onLine ? 'unreachable' : 'offline'
  throw new FhirError({ kind, status: 0, text: 'Gable did not answer.', cause })
}
