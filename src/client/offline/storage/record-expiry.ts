/**
 * When downloads made at this hour expire: at midnight, and for a night shift at the following noon. Downloads from
 * 16:00 on, or before 4:00, are for a night shift.
 */
export function recordExpiry(takenAt: Date): Date {
  const hour = takenAt.getHours()
  const end = new Date(takenAt)
  if (hour >= 16) end.setHours(36, 0, 0, 0)
  else if (hour < 4) end.setHours(12, 0, 0, 0)
  else end.setHours(24, 0, 0, 0)
  return end
}
