import { useEffect } from 'react'

/**
 * Moves the focus to the page's heading once the page is rendered, so that screen-reader users hear where they are. Waits
 * for a heading that is rendered later, with the data, unless the user has moved the focus meanwhile.
 */
export function HeadingFocus() {
  useEffect(() => {
    const content = document.querySelector('#content')
    if (!content || focusHeading(content)) return
    const watch = new MutationObserver(() => {
      const isElsewhere = content.contains(document.activeElement)
      if (isElsewhere || focusHeading(content)) watch.disconnect()
    })
    watch.observe(content, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [])
  return null
}

function focusHeading(content: Element): boolean {
  const heading = content.querySelector('h1')
  if (!heading) return false
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return true
}
