import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { NavLink, useLocation } from 'react-router'
import { noteLastViewed } from '#client/forms/last-viewed.ts'
import { type HouseRoom, houseRooms } from '#domain/plan/plan.ts'
import { HouseThumbnail } from '#ui/house/house-thumbnail.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { houseState } from './house-drawing.tsx'
import { roomLabels } from './labels.ts'
import { NoPlan } from './no-plan.tsx'
import { OthersHere } from './others-here.tsx'
import { ConversationRoom } from './rooms/conversation-room.tsx'
import { MeRoom } from './rooms/me-room.tsx'
import { RoofRoom } from './rooms/roof-room.tsx'
import { SupportRoom } from './rooms/support-room.tsx'
import { TeamRoom } from './rooms/team-room.tsx'
import { type HouseView, useHouse } from './use-house.ts'

const rooms: Readonly<Record<HouseRoom, (props: { view: HouseView }) => React.ReactNode>> = {
  me: MeRoom,
  conversation: ConversationRoom,
  team: TeamRoom,
  roof: RoofRoom,
  support: SupportRoom,
}

/** The page of one room of the house. */
export function RoomPage() {
  const { i18n, t } = useLingui()
  const pathname = useLocation().pathname
  const room = houseRooms.find((each) => pathname.endsWith(`/plan/${each}`)) ?? 'me'
  const view = useHouse()
  const { house, root } = view
  // leaving the room marks it as seen, so that what was new stays marked while it is read
  useEffect(() => () => noteLastViewed(house.person, [room]), [house.person, room])
  const Room = rooms[room]
  const title = i18n._(roomLabels[room])
  return (
    <div className="gable-plan gable-room-page">
      <HouseNav view={view} room={room} />
      <div className="gable-room-page__main">
        <PageHeading title={title} caption={t`${house.givenName}’s plan`} />
        <OthersHere person={house.person} place={room} />
        {house.plan ? <Room view={view} /> : <NoPlan house={house} root={root} />}
      </div>
    </div>
  )
}

/** Where in the house the page is, and links to the other rooms. */
export function HouseNav({ view, room }: { view: HouseView; room: HouseRoom }) {
  const { i18n, t } = useLingui()
  const { root, status, house } = view
  return (
    <nav className="gable-house-nav" aria-label={t`Parts of ${house.givenName}’s plan`}>
      <NavLink to={root} end aria-label={t`The whole house`}>
        <HouseThumbnail state={houseState[status]} lit={room} size={196} />
      </NavLink>
      <ul className="gable-plain-list">
        {houseRooms.map((each) => (
          <li key={each}>
            <NavLink to={`${root}/${each}`}>{i18n._(roomLabels[each])}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
