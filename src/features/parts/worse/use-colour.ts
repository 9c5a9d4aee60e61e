import { now } from '#client/clock.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type ColourNow, colourNow } from '#domain/plan/worse/day-colour.ts'

/** What was last said about how things are today. Nothing is asked about somebody who has died. */
export function useColour(house: HouseRecord): ColourNow | undefined {
  return house.died ? undefined : colourNow(house.colours, now())
}
