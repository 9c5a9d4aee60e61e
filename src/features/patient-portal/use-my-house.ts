import { useSuspenseQuery } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { useLastViewed } from '#client/forms/last-viewed.ts'
import { carerRooms } from '#client/queries/care-plan/carer-rooms.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { useSession } from '#client/session/session.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { GivenToMe } from '#domain/consent/given-to-me.ts'
import { changesFor, type LastViewed } from '#domain/plan/changes-since.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type HouseRoom, houseRooms, type PlanEvent, type Who } from '#domain/plan/plan.ts'
import { type PlanStatus, planStatus } from '#domain/plan/plan-status.ts'

export type MyHouse = Readonly<{
  house: HouseRecord
  status: PlanStatus
  news: readonly PlanEvent[]
  /** this reader has never opened it */
  isFirstVisit: boolean
  day: string
  me: Who
  isCarer: boolean
  /** rooms that are not shared with this reader */
  hidden: readonly HouseRoom[]
  /** the clinical record, which is not a room of the house */
  seesRecord: boolean
  mayWrite: (room: HouseRoom) => boolean
  /** what the person shares with this carer, and whether that changed since the carer last looked; absent: no carer */
  shared?: GivenToMe
  isShareNew: boolean
}>

/** After the last time that this reader opened any room; false on the first visit, when all is new. */
function isLaterThanAll(at: string | undefined, lastViewed: LastViewed): boolean {
  const last = Object.values(lastViewed).toSorted().at(-1)
  return at !== undefined && last !== undefined && at > last
}

/** The house of the signed-in person, or of the one they care for. */
export function useMyHouse(): MyHouse {
  const actor = useSession((session) => session.actor)
  const person = actor?.person ?? actor?.caresFor?.[0]?.person ?? ''
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { data: shared } = useSuspenseQuery(carerRooms(person))
  const lastViewed = useLastViewed(person)
  const day = clockToday()
  const me = whoAmI(person)
  const hidden = shared ? houseRooms.filter((room) => !shared.read.includes(room)) : []
  // that somebody wrote in the plan is told with the plan, in whichever room it was
  const news = changesFor(house.events, { references: [me.reference], lastViewed })
  return {
    house,
    day,
    me,
    isCarer: me.voice === 'carer',
    status: planStatus({ ...house, today: day }),
    isFirstVisit: Object.keys(lastViewed).length === 0,
    news: news.filter(({ room }) => !hidden.includes(room)),
    hidden,
    seesRecord: !shared || shared.read.includes('record'),
    ...(shared ? { shared } : {}),
    isShareNew: isLaterThanAll(shared?.since, lastViewed),
    mayWrite: (room) => !shared || shared.write.includes(room),
  }
}
