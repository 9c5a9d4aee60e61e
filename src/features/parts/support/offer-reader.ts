import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'

/** Who reads what was offered, and in which house. */
export type OfferReader = Readonly<{ house: HouseRecord; me: Who; mayWrite: boolean }>
