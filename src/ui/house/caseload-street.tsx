import type { ReactNode } from 'react'
import { Link } from 'react-router'

export type StreetGroup = Readonly<{
  label: ReactNode
  count: number
  look: 'today' | 'week' | 'steady' | 'away'
  to?: string
}>

const mostHouses = 30

/** The caseload as a street: one house a person, with the number and the word below each part. */
export function CaseloadStreet({ groups }: { groups: readonly StreetGroup[] }) {
  return (
    <ul className="gable-street">
      {groups.map((group) => (
        <li key={group.look + String(group.label)}>
          <div className="gable-street__row" aria-hidden="true">
            {Array.from({ length: Math.min(group.count, mostHouses) }, (_, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the houses of a band are alike and have no order
              <StreetHouse key={place} look={group.look} />
            ))}
          </div>
          <strong>{group.count}</strong>{' '}
          {group.to ? <Link to={group.to}>{group.label}</Link> : group.label}
        </li>
      ))}
    </ul>
  )
}

const accent = '#0b4f5c'
const edge = '#857c6d'

/** One house of the street: a filled roof if something is due, a lit window if it is due today. */
function StreetHouse({ look }: { look: StreetGroup['look'] }) {
  const stroke = look === 'away' ? edge : accent
  const dashes = look === 'away' ? { strokeDasharray: '2 1.6' } : {}
  const roofed = look === 'today' || look === 'week'
  return (
    <svg viewBox="0 0 20 26" focusable="false" aria-hidden="true" strokeWidth="1.4" stroke={stroke}>
      <path d="M3 12v13h14V12" fill="#fff" {...dashes} />
      <path d="M10 2l9 10H1z" fill={roofed ? accent : '#fff'} strokeLinejoin="round" {...dashes} />
      {look === 'away' ? null : (
        <rect
          {...{ x: 6.5, y: 15, width: 7, height: 7, strokeWidth: 1 }}
          fill={look === 'today' ? '#ffd36b' : '#fff'}
        />
      )}
    </svg>
  )
}
