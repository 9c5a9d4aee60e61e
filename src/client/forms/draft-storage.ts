/** Small texts that outlast a reload: what was typed and not saved, and what this reader has looked at. */
export type DraftStorage = Readonly<{
  get: (name: string) => string | undefined
  set: (name: string, text: string) => void
  remove: (name: string) => void
  /** settles when everything is kept */
  flush: () => Promise<void>
}>

/** In the embedded app, beside all the rest that is on the device. */
const inTheOpen: DraftStorage = {
  get: (name) => localStorage.getItem(name) ?? undefined,
  set: (name, text) => localStorage.setItem(name, text),
  remove: (name) => localStorage.removeItem(name),
  flush: async () => undefined,
}

let kept = inTheOpen

export const draftStorage = (): DraftStorage => kept

/** From now on texts are kept elsewhere: a team build seals them. */
export function setDraftStorage(other: DraftStorage): void {
  kept = other
}
