/** Small texts that survive a reload: unsaved input, and what this user has viewed. */
export type DraftStorage = Readonly<{
  get: (name: string) => string | undefined
  set: (name: string, text: string) => void
  remove: (name: string) => void
  /** settles when everything is stored */
  flush: () => Promise<void>
}>

/** In the embedded app, beside the other data on the device. */
const inTheOpen: DraftStorage = {
  get: (name) => localStorage.getItem(name) ?? undefined,
  set: (name, text) => localStorage.setItem(name, text),
  remove: (name) => localStorage.removeItem(name),
  flush: async () => undefined,
}

let current = inTheOpen

export const draftStorage = (): DraftStorage => current

/** From now on texts are stored elsewhere: a team build encrypts them. */
export function setDraftStorage(other: DraftStorage): void {
  current = other
}
