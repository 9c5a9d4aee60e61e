import type { ReactNode } from 'react'

/** Some components, each in one state, under a heading that says which. */
export function Example({ of, children }: Readonly<{ of: string; children: ReactNode }>) {
  return (
    <section aria-label={of} className="gable-section">
      <h2>{of}</h2>
      {children}
    </section>
  )
}

export const nothing = () => undefined
/** A name, a word and an address that are as long as they can be. */
export const longName =
  'Maximiliana Featherstonehaugh-Wriothesley-Cholmondeley-Okonkwo-Nwachukwu-Adichie'
export const longWord = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamten'
export const longText = `She wants to walk to church on a Sunday, with someone beside her, and back again before it is dark. ${longWord}`
