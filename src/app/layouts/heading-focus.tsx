import { useEffect } from 'react'

/** Moves the focus to the page's heading once the page is rendered, so that screen-reader users hear where they are. */
export function HeadingFocus() {
  useEffect(focusHeading, [])
  return null
}

/**
 * Focuses the heading of the page, or the one that is rendered later, with the data, unless the user has moved the focus
 * meanwhile. Returns how to stop waiting for it.
 */
export function focusHeading(): () => void {
  const content = document.querySelector('#content')
  if (!content || focusHeadingIn(content)) return () => undefined
  const watch = new MutationObserver(() => {
    const isElsewhere = content.contains(document.activeElement)
    if (isElsewhere || focusHeadingIn(content)) watch.disconnect()
  })
  watch.observe(content, { childList: true, subtree: true })
  return () => watch.disconnect()
}

function focusHeadingIn(content: Element): boolean {
  const heading = content.querySelector('h1')
  if (!heading) return false
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return true
}
