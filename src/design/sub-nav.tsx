import type { ReactNode } from 'react'
import { NavLink } from 'react-router'

type SubNavLink = Readonly<{ to: string; text: ReactNode; count?: number; end?: boolean }>

/** Sub-navigation as links, not tabs: each is a page of its own. */
export function SubNav({
  label,
  links,
}: Readonly<{ label: string; links: readonly SubNavLink[] }>) {
  return (
    <nav className="gable-subnav" aria-label={label}>
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
