import { create } from 'zustand'

/** Whether changes by others arrive. Short disconnects are hidden; missed events are replayed. */
export const useConnectionStatus = create<Readonly<{ live: boolean }>>(() => ({ live: true }))

const worthSaying = 8_000
let timer: ReturnType<typeof setTimeout> | undefined

export function noteConnection(state: 'open' | 'cut'): void {
  if (state === 'cut') {
    timer ??= setTimeout(() => useConnectionStatus.setState({ live: false }), worthSaying)
    return
  }
  clearTimeout(timer)
  timer = undefined
  if (!useConnectionStatus.getState().live) useConnectionStatus.setState({ live: true })
}
