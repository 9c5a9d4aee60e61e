import { useEffect } from 'react'

/** Moves the focus to the page's heading once the page is rendered, so that screen-reader users hear where they are. */
export function HeadingFocus() {
  useEffect(() => {
    document.querySelector<HTMLElement>('#content h1')?.focus({ preventScroll: true })
  }, [])
  return null
}
