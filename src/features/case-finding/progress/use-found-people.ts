import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type FindFilters, findPeopleQuery } from '#client/queries/monitoring/find-people.ts'
import { useHeldOrder } from './use-held-order.ts'

/** The list of these filters, in the order that stays while people are worked out. */
export function useFoundPeople(filters: FindFilters) {
  const [isStopped, setStopped] = useState(false)
  const found = useQuery({
    ...findPeopleQuery(filters, isStopped),
    placeholderData: (before) => before,
  })
  const list = found.isPlaceholderData ? undefined : JSON.stringify(filters)
  const { shown, heldList, release } = useHeldOrder(found.data, list)
  // whatever was stopped has been done by somebody else
  if (isStopped && shown && list && !heldList) setStopped(false)
  const showNewOrder = () => {
    setStopped(false)
    void found.refetch().then(release)
  }
  return { ...found, data: shown, heldList, isStopped, setStopped, showNewOrder }
}
