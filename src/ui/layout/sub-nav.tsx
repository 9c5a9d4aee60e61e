import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { useCurrentInView } from './use-current-in-view.ts'

type SubNavLink = Readonly<{ to: string; text: ReactNode; count?: number; end?: boolean }>

/** Sub-navigation as links, not tabs: each is a page of its own. */
export function SubNav({
  label,
  links,
}: Readonly<{ label: string; links: readonly SubNavLink[] }>) {
  const nav = useCurrentInView()
  return (
    <nav ref={nav} className="gable-subnav" aria-label={label}>
      <ul>
        {links.map((link) => (
          <li key={link.to}>
            <NavLink to={link.to} end={link.end ?? false}>
              {link.text}
              {link.count ? ` (${link.count})` : null}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
