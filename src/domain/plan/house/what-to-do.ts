import { numbersIn, type TextPart } from '#domain/contact/numbers-in.ts'
import type { WhatIfStep } from '#domain/plan/plan.ts'

/** What to do at a level of the plan, and who to call, with the telephone numbers in both. */
export const whatToDo = (
  step: WhatIfStep,
): Readonly<{
  doWhat: readonly TextPart[]
  ring: readonly TextPart[]
  night: readonly TextPart[]
}> => ({
  doWhat: numbersIn(step.doWhat),
  ring: numbersIn(callBeside(step)),
  night: numbersIn(step.ringAtNight ?? ''),
})

/** Who to call, unless what to do says it already: “Ring 999” is not shown twice. */
export const callBeside = ({ doWhat, ring }: Pick<WhatIfStep, 'doWhat' | 'ring'>): string =>
  doWhat.includes(ring.trim()) ? '' : ring
