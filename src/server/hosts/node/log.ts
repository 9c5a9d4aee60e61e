/** Log lines of successful requests are written together, after so many milliseconds at most. */
const gatherMs = 50
const waiting: string[] = []
let timer: NodeJS.Timeout | undefined

/**
 * One JSON line. Never a name, an address with its query, or anything else about a person: callers pass counts and
 * kinds. Lines other than of requests are written at once, after the lines before them.
 */
export function log(event: string, facts: Readonly<Record<string, string | number>> = {}): void {
  waiting.push(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`)
  if (event === 'request') timer ??= setTimeout(writeLog, gatherMs)
  else writeLog()
}

/** Writes the queued lines. */
function writeLog(): void {
  clearTimeout(timer)
  timer = undefined
  if (waiting.length > 0) process.stdout.write(waiting.splice(0).join(''))
}
process.on('exit', writeLog)

/**
 * The path without what anybody may have typed into it: `/fhir/Patient/abc` becomes `/fhir/Patient/:id`. Names of
 * routes, types and operations are kept; a mistyped address could hold anything.
 */
export function shapeOf(path: string): string {
  const [root = '', ...rest] = path.split('/').slice(1)
  const parts = rest.map((part, index) => (isNameOf(root, part, index) ? part : ':id'))
  return ['', root, ...parts].join('/')
}

function isNameOf(route: string, part: string, index: number): boolean {
  if (part === '' || /^[_$][A-Za-z-]{1,40}$/.test(part)) return true
  if (index > 0) return false
  return route === 'fhir' ? /^[A-Z][A-Za-z]{2,40}$/.test(part) : /^[a-z-]{1,20}$/.test(part)
}

/** Where something failed, and the database's code for it; never the message, which may quote a record. */
export function traceOf(cause: unknown): Readonly<Record<string, string>> {
  if (!(cause instanceof Error)) return { kind: 'unknown' }
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const places = frames.slice(0, 4).map((line) => /([\w.-]+:\d+):\d+\)?$/.exec(line)?.[1] ?? '')
  const { code } = cause as { code?: unknown }
  return {
    kind: cause.name,
    ...(typeof code === 'string' ? { code } : {}),
    at_code: places.filter(Boolean).join(' '),
  }
}
