import type { ReactNode } from 'react'
import { ownSetting } from '#client/session/own-setting.ts'

const states = ['usual', 'open', 'closed'] as const

/** Each reader’s own, in this browser. */
const settings = {
  changeable: ownSetting('find-filter-changeable', states),
  flag: ownSetting('find-filter-flag', states),
  known: ownSetting('find-filter-known', states),
  band: ownSetting('find-filter-band', states),
  person: ownSetting('find-filter-person', states),
} as const

type Props = Readonly<{
  group: keyof typeof settings
  title: ReactNode
  /** what is chosen here, in words; undefined: nothing */
  chosen: string | undefined
  /** open even if nothing is chosen here */
  usual?: boolean
  children: ReactNode
}>

/** Filters of one kind, which fold: open are those in use, and the commonest. Folded, they still say what is chosen. */
export function FilterGroup({ group, title, chosen, usual = false, children }: Props) {
  const [useState, choose] = settings[group]
  const { value } = useState()
  const isOpen = value === 'usual' ? usual || chosen !== undefined : value === 'open'
  return (
    <details
      className="find__group"
      open={isOpen}
      onToggle={({ currentTarget: { open } }) =>
        open === isOpen ? undefined : choose(open ? 'open' : 'closed')
      }
    >
      <summary>
        {title}
        {chosen === undefined || isOpen ? null : <span className="find__chosen">{chosen}</span>}
      </summary>
      {children}
    </details>
  )
}
