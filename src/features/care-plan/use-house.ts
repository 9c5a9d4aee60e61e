import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { useLastViewed } from '#client/forms/last-viewed.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { changesFor } from '#domain/plan/changes-since.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { PlanEvent } from '#domain/plan/plan.ts'
import { type PlanStatus, planStatus } from '#domain/plan/plan-status.ts'

export type HouseView = Readonly<{
  house: HouseRecord
  status: PlanStatus
  news: readonly PlanEvent[]
  /** this reader has never opened it */
  isFirstVisit: boolean
  /** `YYYY-MM-DD` */
  day: string
  /** root of this plan's pages */
  root: string
}>

/** The house of the person in the address, as this member of staff may see it. */
export function useHouse(): HouseView {
  const { person = '' } = useParams()
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const lastViewed = useLastViewed(person)
  const day = clockToday()
  const reader = { references: [whoAmI(person).reference], lastViewed }
  return {
    house,
    day,
    status: planStatus({ ...house, today: day }),
    isFirstVisit: Object.keys(lastViewed).length === 0,
    news: changesFor(house.events, reader),
    root: `/people/${person}/plan`,
  }
}
