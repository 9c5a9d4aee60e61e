/** For so long after the last key, touch or turn of the wheel somebody counts as being here, in milliseconds. */
const lingering = 2 * 60_000

/** For other tabs of this browser; written now and then only. */
const sharedKey = 'gable-used'
const shareEvery = 10_000

let last = Date.now()
let shared = 0

/** When somebody last did something on this page, in milliseconds. */
export const lastActive = (): number => last

/** When somebody last did something in any tab of this browser, in milliseconds. */
export const lastUse = (): number => Math.max(last, Number(localStorage.getItem(sharedKey) ?? 0))

/** A screen that fetches what changed while nobody looks must not keep its session open. */
export const isUserActive = (): boolean => Date.now() - last < lingering

/**
 * What people do, by hand or by way of what helps them: speech, switches and screen readers press, write and move without
 * a key or a pointer. `focusin` and `input` come from the page as well, and then count for a moment too much.
 */
const doings = ['keydown', 'pointerdown', 'wheel', 'touchmove', 'click', 'input', 'focusin']

/** Notes what is done on this page for as long as it lives. */
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
    // a browser that keeps nothing has each tab count for itself
  }
}
