import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import type { PlanPhrases } from './plan-phrases.ts'

/** One thing that a plan says: its text, whose words they are, what belongs to it. */
export type ReadingItem = Readonly<{
  /** what the text answers or is called, if it needs a heading of its own */
  label?: string
  words: string
  /** the words are the person's own */
  own?: boolean
  /** lines below: who wrote it, when, by when */
  notes: readonly string[]
  /** the FHIR record that says it, for example `Goal/1` */
  record?: string
  /** the steps of a goal */
  steps?: readonly ReadingItem[]
  level?: 'green' | 'amber' | 'red'
}>

/** What a reading is made with. */
export type ReadingFacts = Readonly<{
  phrases: PlanPhrases
  /** today, `YYYY-MM-DD` */
  today: string
  /** how a day, or an instant, is shown */
  sayDay: (at: string) => string
  born?: string | undefined
  nhsNumber?: string | undefined
  /** rooms that are not shared with this reader */
  hidden?: readonly HouseRoom[]
  /** what is said about what this copy leaves out */
  withheld?: readonly string[]
}>

export type ReadingContext = ReadingFacts & Readonly<{ house: HouseRecord }>
