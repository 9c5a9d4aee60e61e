import { isStaff } from '#domain/access/actor.ts'
import { freePlacesAnswer } from '#domain/population/places-request.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { coordinatorRooms, placesIn } from './places.ts'

/** Where the list of people ends for whom there is room; counted apart, so that the list does not wait for it. */
export const freePlacesOperation: Operation = {
  name: 'free-places',
  on: 'system',
  changes: false,
  purpose:
    'How many places are free with the coordinators of the caller’s organisation; nothing as long as nobody entered places',
  async run({ actor, context }) {
    if (!isStaff(actor) || actor.role === 'program')
      throw forbidden('Only people who care for others see where their places end')
    if (!actor.organisation) return freePlacesAnswer.write({})
    const places = placesIn(await coordinatorRooms(context.service.sql, actor), 'exact')
    return freePlacesAnswer.write(places ? { free: places.free } : {})
  },
}
