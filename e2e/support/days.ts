/** The same as a page shows it: `15 January`. */
export function inWords(day: string): string {
  const words = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', words)
}
