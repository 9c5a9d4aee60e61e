const msPerDay = 86_400_000

/** The day `count` days after `day` (`YYYY-MM-DD`); negative counts go back. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) + count * msPerDay)
    .toISOString()
    .slice(0, 10)
}

/** Whole days from one day to another; negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) /
      msPerDay,
  )
}
