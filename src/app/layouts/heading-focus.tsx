import { useEffect } from 'react'

/** Moves the focus to the page's heading once the page stands, so that a reader who cannot see it hears where she is. */
export function HeadingFocus() {
  useEffect(() => {
    document.querySelector<HTMLElement>('#content h1')?.focus({ preventScroll: true })
  }, [])
  return null
}
