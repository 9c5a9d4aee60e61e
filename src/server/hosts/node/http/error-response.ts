import type { ServerResponse } from 'node:http'

/** What the server itself has to say, in the words of FHIR. */
export type Outcome = Readonly<{
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

export function sendOutcome(response: ServerResponse, outcome: Outcome): void {
  response.writeHead(outcome.status, {
    'Content-Type': 'application/fhir+json',
    'Cache-Control': 'no-store',
    ...(outcome.again === undefined ? {} : { 'Retry-After': String(outcome.again) }),
  })
  response.end(outcomeText(outcome))
}

function outcomeText({ code, text }: Outcome): string {
  const issue = [{ severity: 'error', code, details: { text } }]
  return JSON.stringify({ resourceType: 'OperationOutcome', issue })
}

const refusals: Readonly<Record<string, Outcome>> = {
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
  const outcome: Outcome = refusals[code ?? ''] ?? {
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
