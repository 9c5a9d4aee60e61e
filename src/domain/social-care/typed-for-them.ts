import { isWholeDay } from '#domain/calendar/days.ts'
import type { SupportPlanAnswer, WayForThem } from './support-plan.ts'

/** What is typed about somebody else who decides; `who` is `self` as long as nobody does. */
export type TypedForThem = Readonly<{
  who: 'self' | WayForThem
  rests: string
  capacity: string
  on: string
}>

export type ForThemFields = Readonly<{
  person: string
  name: string
  typed: TypedForThem
  change: (fields: Partial<TypedForThem>) => void
  /** the message about what is missing, once somebody tried */
  shown: (which: 'rests' | 'capacity' | 'on', message: string) => string | undefined
}>

export const nobodyElse: TypedForThem = { who: 'self', rests: '', capacity: '', on: '' }

export const missingForThem = ({ who, rests, capacity, on }: TypedForThem, today: string) => ({
  rests: who !== 'self' && rests === '',
  capacity: who !== 'self' && capacity === '',
  on: who !== 'self' && (!isWholeDay(on) || on > today),
})

export const forThemIn = ({
  who,
  ...fields
}: TypedForThem): Pick<SupportPlanAnswer, 'forThem'> | object =>
  who === 'self'
    ? {}
    : { forThem: { way: who, rests: fields.rests, capacity: fields.capacity, on: fields.on } }
