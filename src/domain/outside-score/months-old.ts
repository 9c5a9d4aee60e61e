/** Whole months from one day to another, both `YYYY-MM-DD`. */
export function monthsOld(from: string, today: string): number {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0, toDay = 0] = today.split('-').map(Number)
  const months = (toYear - year) * 12 + toMonth - month - (toDay < day ? 1 : 0)
  return Math.max(0, months)
}
