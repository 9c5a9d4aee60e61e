import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'

type IssueCode = OperationOutcomeIssue['code']

/** An answer other than the expected one. Thrown anywhere below the handler, which turns it into an OperationOutcome. */
export class FhirProblem extends Error {
  readonly status: number
  readonly code: IssueCode
  readonly issues: readonly OperationOutcomeIssue[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: IssueCode,
    text: string,
    more: Readonly<{
      expression?: string
      issues?: readonly OperationOutcomeIssue[]
      headers?: Readonly<Record<string, string>>
    }> = {},
  ) {
    super(text)
    this.name = 'FhirProblem'
    this.status = status
    this.code = code
    this.headers = more.headers ?? {}
    this.issues = more.issues ?? [issueOf(code, text, more.expression)]
  }

  /** The same problem, for one entry of a bundle. */
  within(place: string): FhirProblem {
    const issues = this.issues.map((issue) => ({
      ...issue,
      expression: [place, ...(issue.expression ?? [])],
    }))
    return new FhirProblem(this.status, this.code, this.message, { issues, headers: this.headers })
  }
}

export function issueOf(code: IssueCode, text: string, expression?: string): OperationOutcomeIssue {
  return {
    severity: 'error',
    code,
    details: { text },
    ...(expression ? { expression: [expression] } : {}),
  }
}

export function outcomeOf(issues: readonly OperationOutcomeIssue[]): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [...issues] }
}

/** One wording for missing and for not allowed: the answer never reveals that a record exists. */
export function notFound(): FhirProblem {
  return new FhirProblem(
    404,
    'not-found',
    'There is no such record, or you do not have access to it',
  )
}

export function forbidden(text: string): FhirProblem {
  return new FhirProblem(403, 'forbidden', text)
}
