import { createContext, useContext } from 'react'

/** The time zone in which instants are shown (IANA name): the service's, not the device's; if absent, the device's. */
export const ShownZone = createContext<string | undefined>(undefined)

/** For an instant: the zone of its day and time. */
export function useShownZone(): Readonly<{ timeZone?: string }> {
  const timeZone = useContext(ShownZone)
  return timeZone ? { timeZone } : {}
}
