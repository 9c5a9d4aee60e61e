import { useState } from 'react'
import type { FoundPeople } from '#client/queries/monitoring/find-people.ts'

type Held = Readonly<{ list: string; ids: readonly string[] }>

/**
 * The list, with its rows where they were while people are worked out: nobody moves under the hand of whoever is about
 * to decide. `list` names it: another list, page or order starts with its own; undefined while the one before is still shown. Rows that come
 * go to the end.
 */
export function useHeldOrder(data: FoundPeople | undefined, list: string | undefined) {
  const [held, setHeld] = useState<Held>()
  const mine = list === undefined || held?.list === list ? held : undefined
  const begins = data && list !== undefined && !mine && (data.notWorkedOut ?? 0) > 0
  if (begins) setHeld({ list, ids: data.people.map(({ id }) => id) })
  return {
    /** which list is held */
    heldList: begins ? list : mine?.list,
    shown: data && mine ? { ...data, people: arranged(data.people, mine.ids) } : data,
    release: () => setHeld(undefined),
  }
}

function arranged(people: FoundPeople['people'], ids: readonly string[]): FoundPeople['people'] {
  const place = new Map(ids.map((id, at) => [id, at]))
  const placeOf = ({ id }: FoundPeople['people'][number]) => place.get(id) ?? ids.length
  return people.toSorted((one, other) => placeOf(one) - placeOf(other))
}
