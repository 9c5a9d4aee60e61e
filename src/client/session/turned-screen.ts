import * as v from 'valibot'
import { create } from 'zustand'
import { checkedJson } from '#domain/fhir/checked-json.ts'

/** Whose plan this device shows, and who turned its screen. `token`: of the embedded app, which has no cookie. */
export const turnedShape = v.object({
  person: v.string(),
  plan: v.string(),
  version: v.string(),
  by: v.object({ identity: v.string(), name: v.string() }),
  token: v.exactOptional(v.string()),
})

export type TurnedScreen = Readonly<v.InferOutput<typeof turnedShape>>

/** One mark for all tabs of the browser, also those that are opened, restored or reloaded later. */
const key = 'gable-turned'

function marked(): TurnedScreen | undefined {
  try {
    return checkedJson(turnedShape, globalThis.localStorage?.getItem(key) ?? null)
  } catch {
    return undefined
  }
}

type State = Readonly<{ turned?: TurnedScreen | undefined }>

/** While it is set, every tab shows the turned page at every address, and nothing else. */
export const useTurnedScreen = create<State>(() => ({ turned: marked() }))

export const turnedScreen = (): TurnedScreen | undefined => useTurnedScreen.getState().turned

export const turnedPath = ({ person }: TurnedScreen): string => `/people/${person}/plan/turned`

export function markTurned(turned: TurnedScreen | undefined): void {
  const text = turned && JSON.stringify(turned)
  try {
    if (text) localStorage.setItem(key, text)
    else localStorage.removeItem(key)
  } catch {
    // without storage only this tab knows it at once; the others learn it from the server
  }
  if (JSON.stringify(turnedScreen()) !== text) useTurnedScreen.setState({ turned })
}

/** Another tab was turned, or turned back. Returns how to stop. */
export function followTurnedTabs(onChange: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key !== key && event.key !== null) return
    useTurnedScreen.setState({ turned: marked() })
    onChange()
  }
  // a page that comes back from the browser’s cache has heard nothing
  const comeBack = (event: PageTransitionEvent) => {
    if (!event.persisted || JSON.stringify(marked()) === JSON.stringify(turnedScreen())) return
    useTurnedScreen.setState({ turned: marked() })
    onChange()
  }
  addEventListener('storage', hear)
  addEventListener('pageshow', comeBack)
  return () => {
    removeEventListener('storage', hear)
    removeEventListener('pageshow', comeBack)
  }
}
