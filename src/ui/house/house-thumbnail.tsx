import type { HouseState } from './house.tsx'

type LitRoom = 'roof' | 'me' | 'conversation' | 'team' | 'support'

type SmallHouseProps = Readonly<{
  state: HouseState
  /** a room to fill ("you are here"), or true if something is new */
  lit?: LitRoom | boolean
  /** width in CSS pixels */
  size?: number
}>

const accent = '#0b4f5c'
const edge = '#857c6d'

/** The house as an icon: state of the roof, and which room the page is about. Always beside text that says the same. */
export function HouseThumbnail({ state, lit = false, size = 48 }: SmallHouseProps) {
  const stroke = state === 'none' ? edge : accent
  const dashed = state === 'none' ? { strokeDasharray: '6 5' } : {}
  const roofDashed = state === 'writing' ? { strokeDasharray: '6 5' } : dashed
  const roofed = state === 'agreed' || state === 'review-due'
  const fill = (room: LitRoom) => (lit === room ? accent : '#fff')
  return (
    <svg
      className="gable-small-house"
      width={size}
      height={size * 0.8}
      viewBox="0 0 240 192"
      aria-hidden="true"
      focusable="false"
      strokeWidth="4"
      stroke={stroke}
    >
      <rect x="12" y="78" width="66" height="74" fill={fill('me')} {...dashed} />
      <rect x="78" y="78" width="84" height="74" fill={fill('conversation')} {...dashed} />
      <rect x="162" y="78" width="66" height="74" fill={fill('team')} {...dashed} />
      <rect
        x="4"
        y="152"
        width="232"
        height="32"
        fill={lit === 'support' ? accent : '#ded4c0'}
        {...dashed}
      />
      {[45, 120, 195].map((x) => (
        <rect
          key={x}
          x={x - 11}
          y="100"
          width="22"
          height="32"
          fill={lit === true ? '#ffd36b' : '#e4eff0'}
          strokeWidth="3"
        />
      ))}
      <polygon
        points="120,4 236,78 4,78"
        fill={roofed ? accent : roofFill(state)}
        stroke={state === 'writing' ? edge : stroke}
        strokeLinejoin="round"
        {...roofDashed}
      />
      {state === 'review-due' ? <RoofClock /> : null}
    </svg>
  )
}

/** Half filled: a yes to part of the plan. */
const roofFill = (state: HouseState) => (state === 'in-part' ? '#b5d0d5' : '#fff')

function RoofClock() {
  return (
    <g stroke="#7a4300">
      <circle cx="120" cy="50" r="16" fill="#fdf0db" />
      <path d="M120 41v9l7 4" fill="none" />
    </g>
  )
}
