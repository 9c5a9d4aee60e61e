/** One JSON line. Never a name, an address with its query, or anything else of a person: callers pass counts and kinds. */
export function log(event: string, facts: Readonly<Record<string, string | number>> = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`)
}

/** The path with every id replaced: `/fhir/Patient/abc` becomes `/fhir/Patient/:id`. */
export function shapeOf(path: string): string {
  return path
    .split('/')
    .map((part, index) => (index < 3 || /^[_$]/.test(part) ? part : ':id'))
    .join('/')
}
