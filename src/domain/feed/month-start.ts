/** The first day of the month of a day, both `YYYY-MM-DD`. */
export const monthStart = (day: string): string => `${day.slice(0, 7)}-01`
