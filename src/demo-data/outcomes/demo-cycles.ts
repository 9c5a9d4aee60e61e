import { addDays } from '#domain/calendar/days.ts'
import type { KeptCycle } from '#domain/outcome/cycle/learning-cycle.ts'
import { addMonths, lastWholeMonth } from '#domain/outcome/months.ts'

type DemoCycle = KeptCycle & Readonly<{ id: string }>

const written = { withdrawn: false, until: '' } as const

/** Invented: what the partners of the demonstration tried, and what came of it. */
export function demoCycles(asOf: string): readonly DemoCycle[] {
  const first = (ago: number) => `${addMonths(lastWholeMonth(asOf), -ago)}-01`
  const on = addDays(asOf, -20)
  return [
    {
      ...{ ...written, id: 'cycle-read-back', measure: 'promises-kept', figure: 85, on },
      ...{ tried: 'Each promise read back aloud', hoped: 'Fewer are misunderstood' },
      ...{ from: first(7), places: ['brook-surgery'], organisation: 'brook-surgery' },
      ...{ decision: 'spread', decidedOn: on, begunBy: 'Ruth Adler', by: 'Ruth Adler' },
      happened: 'It takes a minute, and people correct us. We keep it, and show it to the others.',
    },
    {
      ...{ ...written, id: 'cycle-ring', measure: 'readmissions-30', figure: 12, on },
      ...{ tried: 'Ring within a day, not two', hoped: 'Fewer come back to hospital' },
      ...{ from: first(4), places: ['st-annes-hospital'], organisation: 'st-annes-hospital' },
      ...{ decision: 'go-on', decidedOn: on, until: addDays(asOf, 120) },
      ...{ begunBy: 'Owen Pryce', by: 'Owen Pryce' },
      happened: 'Most answer the telephone. It is too soon to say more.',
    },
    {
      ...{ ...written, id: 'cycle-evening', measure: 'carer-strain', figure: 8, on },
      ...{ tried: 'A monthly evening for carers', hoped: 'Fewer are worn out' },
      ...{ from: first(13), places: ['riverside-council'], organisation: 'riverside-council' },
      ...{ decision: 'stop', decidedOn: addDays(asOf, -150) },
      ...{ begunBy: 'Helen Marsh', by: 'Helen Marsh' },
      happened: 'Four came, then two: they could not leave the house. Next we try a sitter.',
    },
  ]
}
