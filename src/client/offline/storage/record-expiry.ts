/**
 * Until when somebody who takes records along at this hour needs them: midnight, and for a shift that goes over it the noon
 * after. What is taken from 16:00 on, or before 4:00, is for a night.
 */
export function recordExpiry(takenAt: Date): Date {
  const hour = takenAt.getHours()
  const end = new Date(takenAt)
  if (hour >= 16) end.setHours(36, 0, 0, 0)
  else if (hour < 4) end.setHours(12, 0, 0, 0)
  else end.setHours(24, 0, 0, 0)
  return end
}
