import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { HouseState } from './house.tsx'
import { SmallHouse } from './small-house.tsx'

export type StreetGroup = Readonly<{
  label: ReactNode
  count: number
  look: 'today' | 'week' | 'steady' | 'away'
  to?: string
}>

const looks: Readonly<Record<StreetGroup['look'], { state: HouseState; lit: boolean }>> = {
  today: { state: 'agreed', lit: true },
  week: { state: 'agreed', lit: false },
  steady: { state: 'waiting', lit: false },
  away: { state: 'none', lit: false },
}

const mostHouses = 30

/** The caseload as a street: one house a person, with the number and the word beneath each stretch. */
export function Street({ groups }: { groups: readonly StreetGroup[] }) {
  return (
    <ul className="gable-street">
      {groups.map((group) => (
        <li key={group.look + String(group.label)}>
          <div className="gable-street__row" aria-hidden="true">
            {Array.from({ length: Math.min(group.count, mostHouses) }, (_, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the houses of a stretch are alike and have no order
              <SmallHouse key={place} {...looks[group.look]} size={20} />
            ))}
          </div>
          <strong>{group.count}</strong>{' '}
          {group.to ? <Link to={group.to}>{group.label}</Link> : group.label}
        </li>
      ))}
    </ul>
  )
}
