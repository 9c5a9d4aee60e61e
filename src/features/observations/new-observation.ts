import { useState } from 'react'
import { clockToday, clockZone, now, nowHere } from '#client/clock.ts'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { addObservation } from '#client/queries/monitoring/observations.ts'
import { momentAt } from '#domain/calendar/zone.ts'
import {
  isUnusual,
  numbersTyped,
  problemWith,
  type Reading,
  type ReadingKind,
} from '#domain/reading/reading.ts'
import { type TypedAmount, typedAmount } from '#domain/reading/typed-amount.ts'

type Typed = Readonly<{
  id: string
  value: string
  second: string
  /** measured before now: then with its day, and an hour if it is known */
  earlier: boolean
  day: string
  hour: string
}>
const fresh = (): Typed => ({
  ...{
    id: crypto.randomUUID(),
    value: '',
    second: '',
    earlier: false,
    day: clockToday(),
    hour: '',
  },
})

function measuredAt({ earlier, day, hour }: Typed): string {
  if (!earlier) return now().toISOString()
  const wall = Date.parse(`${day}T${hour}Z`)
  if (!hour || Number.isNaN(wall)) return day
  return new Date(momentAt(wall, clockZone())).toISOString()
}

const digitsOf = (amount: TypedAmount | undefined, text: string) =>
  amount?.is === 'amount' ? amount.digits : text

/** A reading being typed: what is impossible is refused, what is rare is asked about again. */
export function useNewObservation(
  person: string,
  kind: ReadingKind,
  onSaved: (saved: Reading) => void,
) {
  const [first, setFirst] = useState(fresh)
  const [typed, setTyped, , , settle] = useDraft<Typed>(`reading-${person}-${kind}`, first)
  const [tried, setTried] = useState(false)
  const [asking, setAsking] = useState(false)
  const saving = useSaveState()
  const isPair = kind === 'blood-pressure'
  const { value, second } = typed
  const amounts = [value, ...(isPair ? [second] : [])].map((each) => typedAmount(kind, each))
  const reading: Reading = {
    ...{ id: typed.id, person, kind, value: Number.NaN, at: measuredAt(typed) },
    ...numbersTyped({
      value: digitsOf(amounts[0], value),
      ...(isPair ? { second: digitsOf(amounts[1], second) } : {}),
    }),
  }
  const problem = amounts.some((each) => each.is === 'unknown-unit')
    ? 'unknown-unit'
    : problemWith(reading, nowHere())
  const keep = async () => {
    setAsking(false)
    if (!(await saving.run(() => addObservation(reading)))) return
    setTried(false)
    // the next reading is another record
    if (!settle(typed, asAnother)) return
    setFirst(fresh())
    onSaved(reading)
  }
  return {
    ...{ typed, asking, saving, isPair, reading, keep },
    /** what was typed is in another unit: it is kept in ours */
    converted: amounts.some((each) => each.is === 'amount' && each.converted),
    problem: tried ? problem : undefined,
    change: (fields: Partial<Typed>) => setTyped({ ...typed, ...fields }),
    cancel: () => setAsking(false),
    submit: () => {
      setTried(true)
      if (problem) return
      if (isUnusual(reading)) setAsking(true)
      else void keep()
    },
  }
}

export type NewObservation = ReturnType<typeof useNewObservation>
