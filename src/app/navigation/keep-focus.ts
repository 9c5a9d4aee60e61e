const fields = 'input:not([type="hidden"]), select, textarea'
const stops = `a[href], button, summary, ${fields}`

/**
 * Keeps the place of somebody at the keyboard. What had the focus is often replaced: a button by the form it opens, a form
 * by what was saved. The browser then starts again at the top of the page. Here the focus goes to what came instead: to its
 * first field, to the link or button that it is, or to the whole of it, to be read. Returns how to stop.
 */
export function keepFocus(page: Document): () => void {
  let last: Element | null = null
  const come = ({ target }: FocusEvent) => {
    last = target instanceof Element ? target : null
  }
  const leave = () =>
    queueMicrotask(() => {
      // somebody left it, and it is still there: nothing is to be kept
      if (last?.isConnected && page.activeElement !== last) last = null
    })
  const watch = new MutationObserver((changes) => {
    if (!last || last.isConnected) return
    const lost = last
    last = null
    if (page.activeElement === null || page.activeElement === page.body) follow(lost, changes)
  })
  page.addEventListener('focusin', come)
  page.addEventListener('focusout', leave)
  watch.observe(page.body, { childList: true, subtree: true })
  return () => {
    page.removeEventListener('focusin', come)
    page.removeEventListener('focusout', leave)
    watch.disconnect()
  }
}

function follow(lost: Element, changes: readonly MutationRecord[]): void {
  const gone = changes.find(({ removedNodes }) => [...removedNodes].some((n) => n.contains(lost)))
  const place = gone?.target
  // a page that goes as a whole is navigation: the focus goes to the heading of the next
  if (!gone || !(place instanceof Element) || !place.isConnected || !place.closest('main > *'))
    return
  const instead = cameInstead(gone, changes)
  if (instead) focusInto(instead)
  else focusOn(place.closest('section, article, form, li') ?? place)
}

/** What was put in the place of what is gone; else what was added last beside it. */
function cameInstead(gone: MutationRecord, changes: readonly MutationRecord[]) {
  const added = changes
    .filter(({ target }) => target === gone.target)
    .flatMap(({ addedNodes }) => [...addedNodes])
    .filter((node): node is Element => node instanceof Element && node.isConnected)
  const before = gone.previousSibling
  return added.find((each) => before !== null && each.previousSibling === before) ?? added.at(-1)
}

function focusInto(part: Element): void {
  const field = part.matches(fields) ? part : part.querySelector(fields)
  focusOn(field ?? part)
}

function focusOn(part: Element): void {
  if (!(part instanceof HTMLElement)) return
  if (!part.matches(stops) && !part.hasAttribute('tabindex')) {
    part.tabIndex = -1
    part.addEventListener('blur', () => part.removeAttribute('tabindex'), { once: true })
  }
  part.focus({ preventScroll: part.getBoundingClientRect().top >= 0 })
}
