/** For so long after the last key, touch or turn of the wheel somebody counts as being here, in milliseconds. */
const lingering = 2 * 60_000

let last = Date.now()

/** When somebody last did something on this page, in milliseconds. */
export const lastActive = (): number => last

/** A screen that fetches what changed while nobody looks must not keep its session open. */
export const isSomebodyHere = (): boolean => Date.now() - last < lingering

/** Notes keys, pointers and scrolling for as long as the page lives. */
export function watchAttendance(): void {
  const note = () => {
    last = Date.now()
  }
  for (const kind of ['keydown', 'pointerdown', 'wheel', 'touchmove'])
    addEventListener(kind, note, { passive: true, capture: true })
}
