import type { ServerResponse } from 'node:http'

/** Errors of the server itself, as FHIR. */
export type ErrorOutcome = Readonly<{
  status: number
  code:
    | 'security'
    | 'too-long'
    | 'throttled'
    | 'timeout'
    | 'transient'
    | 'exception'
    | 'structure'
    | 'not-supported'
  text: string
  /** after how many seconds it is worth trying again */
  again?: number
}>

export function sendErrorResponse(response: ServerResponse, outcome: ErrorOutcome): void {
  response.writeHead(outcome.status, {
    'Content-Type': 'application/fhir+json',
    'Cache-Control': 'no-store',
    ...(outcome.again === undefined ? {} : { 'Retry-After': String(outcome.again) }),
  })
  response.end(outcomeText(outcome))
}

function outcomeText({ code, text }: ErrorOutcome): string {
  const issue = [{ severity: 'error', code, details: { text } }]
  return JSON.stringify({ resourceType: 'OperationOutcome', issue })
}

const refusals: Readonly<Record<string, ErrorOutcome>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'too-long', text: 'The headers are too long' },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'timeout',
    text: 'The request is incomplete',
  },
}
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

/** The whole answer to something that never became a request: Node gives the bare connection. */
export function refusalOf(code: string | undefined): string {
  const outcome: ErrorOutcome = refusals[code ?? ''] ?? {
    ...{ status: 400, code: 'structure', text: 'This is not an HTTP request' },
  }
  const body = outcomeText(outcome)
  return [
    `HTTP/1.1 ${outcome.status} ${reasons[outcome.status]}`,
    'Content-Type: application/fhir+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
