import { create } from 'zustand'
import { useSession } from './session.ts'

/** Not the name itself: a device that several people use does not list them. */
function markOf(identity: string): string {
  let mark = 2_166_136_261
  for (const letter of identity) mark = Math.imul(mark ^ (letter.codePointAt(0) ?? 0), 16_777_619)
  return (mark >>> 0).toString(36)
}

/**
 * How one user likes to read in this browser. Each user has their own; what is chosen while nobody is signed in goes
 * for whoever has chosen nothing. The first of `values` is usual. It outlives the session: it is about the eyes of
 * whoever signs in, not about a record.
 */
export function ownSetting<T extends string>(name: string, values: readonly [T, ...T[]]) {
  const device = `gable-own-${name}`
  const key = (identity: string | undefined) =>
    identity === undefined ? device : `${device}-${markOf(identity)}`
  const kept = (at: string) => values.find((each) => each === localStorage.getItem(at))
  const whose = () => useSession.getState().actor?.identity
  const current = (): Readonly<{ value: T; isChosen: boolean }> => {
    try {
      const chosen = kept(key(whose())) ?? kept(device)
      return { value: chosen ?? values[0], isChosen: chosen !== undefined }
    } catch {
      return { value: values[0], isChosen: false }
    }
  }
  const useSetting = create(current)
  useSession.subscribe(({ actor }, before) => {
    if (actor?.identity !== before.actor?.identity) useSetting.setState(current())
  })
  const choose = (value: T): void => {
    useSetting.setState({ value, isChosen: true })
    try {
      localStorage.setItem(key(whose()), value)
    } catch {
      // a browser that stores nothing forgets it with the page
    }
  }
  return [useSetting, choose] as const
}
