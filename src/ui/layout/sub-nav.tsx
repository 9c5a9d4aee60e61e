import { type ReactNode, useEffect, useRef } from 'react'
import { NavLink, useLocation } from 'react-router'

type SubNavLink = Readonly<{ to: string; text: ReactNode; count?: number; end?: boolean }>

/** Sub-navigation as links, not tabs: each is a page of its own. */
export function SubNav({
  label,
  links,
}: Readonly<{ label: string; links: readonly SubNavLink[] }>) {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    const current = nav.current?.querySelector(`[href="${pathname}"], .active`)
    current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [pathname])
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
