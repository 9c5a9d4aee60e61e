import { create } from 'zustand'
import { isStaff } from '#domain/access/actor.ts'
import { isLanguage, type Language } from '#domain/language/languages.ts'
import { useSession } from './session.ts'
import { useTurnedScreen } from './turned-screen.ts'

/**
 * The language of the pages of persons and carers. Each user of this device has their own; before sign-in it is the tab's,
 * and whoever then signs in keeps it as theirs. The turned screen has one as long as it is turned. Staff read English.
 */
export const useLanguage = create<Readonly<{ language: Language; isChosen: boolean }>>(() =>
  languageHere(),
)

const frontKey = 'gable-language'
const turnedKey = 'gable-language-turned'

type Place = Readonly<{ storage: Storage; key: string }>

/** Where the choice of whoever reads now is kept: nowhere for staff. */
function placeHere(): Place | undefined {
  if (useTurnedScreen.getState().turned) return { storage: localStorage, key: turnedKey }
  const { actor } = useSession.getState()
  if (!actor) return { storage: sessionStorage, key: frontKey }
  return isStaff(actor)
    ? undefined
    : { storage: localStorage, key: `${frontKey} ${actor.identity}` }
}

/** A browser that stores nothing forgets the choice with the page. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function languageHere(): Readonly<{ language: Language; isChosen: boolean }> {
  const place = attempt(placeHere)
  const kept = place && attempt(() => place.storage.getItem(place.key))
  return isLanguage(kept) ? { language: kept, isChosen: true } : { language: 'en', isChosen: false }
}

/** Kept for whoever reads now; the page follows. */
export function chooseLanguage(language: Language): void {
  const place = attempt(placeHere)
  if (place) attempt(() => place.storage.setItem(place.key, language))
  useLanguage.setState({ language, isChosen: true })
}

/** The language of the screen that is about to be turned, or none: the next person does not get it. */
export function languageOfTurned(language: Language | undefined): void {
  attempt(() => {
    if (language) localStorage.setItem(turnedKey, language)
    else localStorage.removeItem(turnedKey)
  })
}

/** Who reads has changed: what was chosen on the sign-in page goes to the user who signed in. */
function changeReader(): void {
  const { actor } = useSession.getState()
  const isTurned = useTurnedScreen.getState().turned !== undefined
  if (!isTurned) languageOfTurned(undefined)
  const front = attempt(() => sessionStorage.getItem(frontKey))
  if (actor && !isTurned) attempt(() => sessionStorage.removeItem(frontKey))
  const isTaken = actor && !isTurned && !isStaff(actor) && isLanguage(front)
  if (isTaken) chooseLanguage(front)
  else useLanguage.setState(languageHere())
}

/** Keeps `useLanguage` true when somebody signs in or out, or the screen is turned. Returns how to stop. */
export function followReader(): () => void {
  changeReader()
  const stops = [
    useSession.subscribe((session, before) => {
      if (session.actor?.identity !== before.actor?.identity) changeReader()
    }),
    useTurnedScreen.subscribe(changeReader),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
