/** For how long after the last key, touch or scroll somebody counts as active, in milliseconds. */
const lingering = 2 * 60_000

/** For other tabs of this browser; written only from time to time. */
const sharedKey = 'gable-used'
const shareEvery = 10_000

let last = Date.now()
let shared = 0

/** When somebody was last active on this page, in milliseconds. */
export const lastActive = (): number => last

/** When somebody was last active in any tab of this browser, in milliseconds. */
export const lastUse = (): number => Math.max(last, Number(localStorage.getItem(sharedKey) ?? 0))

/** A screen that loads changes while nobody looks must not keep its session open. */
export const isUserActive = (): boolean => Date.now() - last < lingering

/**
 * User actions, by hand or with assistive technology: speech, switches and screen readers press, write and move
 * without a key or a pointer. `focusin` and `input` also come from the page itself, and then count as activity for a
 * moment too long.
 */
const doings = ['keydown', 'pointerdown', 'wheel', 'touchmove', 'click', 'input', 'focusin']

/** Notes activity on this page for as long as it lives. */
export function watchUserActivity(): void {
  for (const kind of doings) addEventListener(kind, noteUse, { passive: true, capture: true })
}

function noteUse(): void {
  last = Date.now()
  if (last - shared < shareEvery) return
  shared = last
  try {
    localStorage.setItem(sharedKey, String(last))
  } catch {
    // in a browser without storage each tab counts for itself
  }
}
