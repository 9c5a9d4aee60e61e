import type { Extension } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import {
  as,
  group,
  type In,
  id,
  instant,
  list,
  oneOf,
  parameters,
} from '#domain/fhir/parameters.ts'
import { extensionsOf } from '#domain/fhir/references-and-extensions.ts'
import type { LastViewed } from '#domain/plan/changes-since.ts'
import { type HouseRoom, houseRooms } from '#domain/plan/plan.ts'

const seen = group({
  // a word that is none of our rooms is left out by whoever reads it
  room: oneOf<HouseRoom | ''>([...houseRooms], ''),
  at: instant,
})

/** The input of `$mark-seen`, and the answer of it and of `$last-viewed`. */
export const lastViewedParameters = parameters({
  patient: id,
  seen: as('seen', list(seen)),
})

export type SeenRooms = In<typeof lastViewedParameters>['seen']

/** The input of `$last-viewed`. */
export const lastViewedRequest = parameters({ patient: id })

/** Each room with the later of the two moments. */
export function laterViewed(one: LastViewed, other: LastViewed): LastViewed {
  const rooms = houseRooms.flatMap((room) => {
    const times = [one[room], other[room]].flatMap((each) => each ?? [])
    const [last] = times.toSorted((a, b) => Date.parse(b) - Date.parse(a))
    return last === undefined ? [] : [[room, last] as const]
  })
  return Object.fromEntries(rooms)
}

export const viewedIn = (rooms: SeenRooms): LastViewed =>
  rooms.reduce<LastViewed>(
    (all, { room, at }) => (room && at ? laterViewed(all, { [room]: at }) : all),
    {},
  )

export const seenRooms = (viewed: LastViewed): SeenRooms =>
  houseRooms.flatMap((room) => {
    const at = viewed[room]
    return at ? [{ room, at }] : []
  })

const viewedName = 'last-viewed'

/** Beside the records of a house, in its one answer: when this reader last looked. */
export const viewedExtension = (viewed: LastViewed): readonly Extension[] =>
  seenRooms(viewed).map(({ room, at }) => ({
    url: gableUrl(viewedName),
    extension: [
      { url: 'room', valueCode: room },
      { url: 'at', valueInstant: at },
    ],
  }))

export function viewedInExtension(record: { extension?: Extension[] } | undefined): LastViewed {
  const seen = extensionsOf(record ?? {}, viewedName).map(({ extension = [] }) => {
    const part = (name: string) => extension.find(({ url }) => url === name)
    const room = houseRooms.find((each) => each === part('room')?.valueCode) ?? ''
    return { room, at: part('at')?.valueInstant ?? '' } as const
  })
  return viewedIn(seen)
}
