/** The present, in one place, so that every screen agrees on it. */
export function now(): Date {
  return new Date()
}

/** Today in the reader's own time zone, `YYYY-MM-DD`. */
export function today(): string {
  return localDay(now())
}

/** The day of a moment in the reader's own time zone, `YYYY-MM-DD`. */
export function localDay(moment: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`
}
