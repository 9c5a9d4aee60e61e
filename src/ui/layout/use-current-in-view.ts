import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** In a row of links that scrolls sideways on a phone, the link of the current page is in view. */
export function useCurrentInView() {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    const current = nav.current?.querySelector(`[href="${pathname}"], .active`)
    current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [pathname])
  return nav
}
