import { isWholeDay } from '#domain/calendar/days.ts'
import type { CycleRequest } from './learning-cycle.ts'

export const mostTriedLetters = 120
export const mostCycleLetters = 2000

type Known = Readonly<{ today: string; own: string }>
type Asked = Omit<CycleRequest, 'id' | 'version'>

const isDecided = ({ decision }: Asked) => decision !== 'open'
const isNoDay = (day: string) => !isWholeDay(day)

/** In the order in which they are said; each true if it is so. */
const faults = {
  'no-tried': ({ tried }: Asked) => tried.trim() === '',
  'long-tried': ({ tried }: Asked) => tried.length > mostTriedLetters,
  'no-hoped': ({ hoped }: Asked) => hoped.trim() === '',
  'long-hoped': ({ hoped }: Asked) => hoped.length > mostCycleLetters,
  'figure-alone': ({ figure, measure }: Asked) => figure !== undefined && measure === '',
  'no-from': ({ from }: Asked) => isNoDay(from),
  'from-later': ({ from }: Asked, { today }: Known) => from > today,
  'not-own': ({ places }: Asked, { own }: Known) => !places.includes(own),
  'long-happened': ({ happened }: Asked) => happened.length > mostCycleLetters,
  'no-happened': (asked: Asked) => isDecided(asked) && asked.happened.trim() === '',
  'no-decided': (asked: Asked) => isDecided(asked) && isNoDay(asked.decidedOn),
  'decided-before': (asked: Asked) => isDecided(asked) && asked.decidedOn < asked.from,
  'decided-later': (asked: Asked, { today }: Known) => isDecided(asked) && asked.decidedOn > today,
  'no-until': ({ decision, until }: Asked) => decision === 'go-on' && isNoDay(until),
  'until-before': ({ decision, until, decidedOn }: Asked) =>
    decision === 'go-on' && until <= decidedOn,
} as const
export type CycleFault = keyof typeof faults

/** The first thing that does not hold; undefined: it can be kept. */
export function cycleFault(asked: Asked, known: Known): CycleFault | undefined {
  return (Object.keys(faults) as CycleFault[]).find((each) => faults[each](asked, known))
}

/** Without what a decision of another kind left behind, and without spaces around words. */
export function tidyCycle<T extends Asked>(asked: T): T {
  return {
    ...asked,
    tried: asked.tried.trim(),
    hoped: asked.hoped.trim(),
    happened: asked.happened.trim(),
    decidedOn: isDecided(asked) ? asked.decidedOn : '',
    until: asked.decision === 'go-on' ? asked.until : '',
  }
}
