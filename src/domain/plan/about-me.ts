import { aboutMeCodes } from './about-me-codes.ts'
import type { PlanRecord, Who } from './plan.ts'

export type AboutMeSectionName = keyof typeof aboutMeCodes

/** In the order of the PRSB About Me standard v2.0.1 (May 2025). */
export const aboutMeSections = Object.keys(aboutMeCodes) as readonly AboutMeSectionName[]

/** One section of About me: the person's words, who said them, who helped to write them. */
export type AboutMe = PlanRecord &
  Readonly<{
    person: string
    section: AboutMeSectionName
    words: string
    saidBy?: Who
    /** `YYYY-MM-DD` */
    saidOn?: string
    /** who helped to write it down; without a reference if only a name is known */
    supportedBy?: Who
  }>

export const aboutMeIdFor = (person: string, section: AboutMeSectionName) =>
  `about-${person}-${section}`

/** The sections nobody has said anything in, in order. */
export function notSaidYet(said: readonly AboutMe[]): readonly AboutMeSectionName[] {
  return aboutMeSections.filter(
    (section) => !said.some((each) => each.section === section && each.words.trim() !== ''),
  )
}
