import type { CycleRequest, LearningCycle } from '#domain/outcome/cycle/learning-cycle.ts'

/** What is typed: a figure is a text until it is saved. */
export type TypedCycle = Omit<CycleRequest, 'figure'> & Readonly<{ figure: string }>

/** A new one, or one as it was read. */
export const typedCycle = (cycle: LearningCycle | undefined, own: string): TypedCycle =>
  cycle
    ? {
        ...{ id: cycle.id, version: cycle.version, tried: cycle.tried, hoped: cycle.hoped },
        ...{ measure: cycle.measure, figure: cycle.figure?.toString() ?? '', from: cycle.from },
        ...{ places: cycle.places, happened: cycle.happened, decision: cycle.decision },
        ...{ decidedOn: cycle.decidedOn, until: cycle.until, withdrawn: cycle.withdrawn },
      }
    : {
        ...{ id: crypto.randomUUID(), version: 0, tried: '', hoped: '', measure: '', figure: '' },
        ...{ from: '', places: [own], happened: '', decision: 'open', decidedOn: '', until: '' },
        withdrawn: false,
      }

/** Undefined: the figure is no number. */
export function cycleRequestOf({ figure, ...typed }: TypedCycle): CycleRequest | undefined {
  const text = figure.trim()
  if (text === '') return typed
  if (!/^-?\d{1,9}(\.\d{1,3})?$/.test(text)) return undefined
  return { ...typed, figure: Number(text) }
}
