const timeZone = 'Europe/London'

/** The day so many days from today, as a date field takes it (`2027-01-15`). */
export function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString('en-CA', { timeZone })
}

/** The same as a page says it: `15 January`. */
export function inWords(day: string): string {
  const words = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', words)
}
