import { create } from 'zustand'
import { isStaff } from '#domain/access/actor.ts'
import { isLanguage, type Language } from '#domain/language/languages.ts'
import { ownSetting } from './own-setting.ts'
import { useSession } from './session.ts'
import { useTurnedScreen } from './turned-screen.ts'

const values: readonly [Language, ...Language[]] = ['en', 'cy', 'pl', 'ur']
const [useOwn, chooseOwn] = ownSetting('language', values)

type Spoken = Readonly<{ language: Language; isChosen: boolean }>

/** The language of the page: that of the person or carer, or of whoever the screen is turned to. Staff read English. */
export const useLanguage = create<Spoken>(() => languageHere())

const turnedKey = 'gable-language-turned'

/** The turned screen has its own, as long as it is turned: the tablet is not the person's. */
function turnedLanguage(): Spoken {
  try {
    const kept = localStorage.getItem(turnedKey)
    return isLanguage(kept) ? { language: kept, isChosen: true } : english
  } catch {
    return english
  }
}

const english: Spoken = { language: 'en', isChosen: false }

function languageHere(): Spoken {
  if (useTurnedScreen.getState().turned) return turnedLanguage()
  const { actor } = useSession.getState()
  const { value, isChosen } = useOwn.getState()
  return (actor && isStaff(actor)) || !isLanguage(value) ? english : { language: value, isChosen }
}

/** Kept for whoever reads now; the page follows. */
export function chooseLanguage(language: Language): void {
  if (useTurnedScreen.getState().turned) languageOfTurned(language)
  else chooseOwn(language)
  useLanguage.setState({ language, isChosen: true })
}

/** The language of the screen while it is turned: set before, and forgotten after. */
export function languageOfTurned(language: Language | undefined): void {
  try {
    if (language) localStorage.setItem(turnedKey, language)
    else localStorage.removeItem(turnedKey)
  } catch {
    // the page speaks English to the next person
  }
}

/** Keeps `useLanguage` true when somebody signs in or out, or the screen is turned. Returns how to stop. */
export function followReader(): () => void {
  const change = () => useLanguage.setState(languageHere())
  const stops = [
    useOwn.subscribe(change),
    useSession.subscribe(change),
    useTurnedScreen.subscribe(({ turned }, before) => {
      if (before.turned && !turned) languageOfTurned(undefined)
      change()
    }),
  ]
  change()
  return () => {
    for (const stop of stops) stop()
  }
}
