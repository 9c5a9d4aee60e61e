import { numbersIn, type TextPart } from '#domain/contact/numbers-in.ts'
import type { WhatIfStep } from '#domain/plan/plan.ts'

/** What to do at a level of the plan, and whom to ring, with the telephone numbers in both. */
export const whatToDo = (
  step: WhatIfStep,
): Readonly<{ doWhat: readonly TextPart[]; ring: readonly TextPart[] }> => ({
  doWhat: numbersIn(step.doWhat),
  ring: ringsBeside(step) ? numbersIn(step.ring) : [],
})

/** “Ring 999” is not said twice: whom to ring stands by itself unless what to do has said it. */
const ringsBeside = ({ doWhat, ring }: WhatIfStep) =>
  ring.trim() !== '' && !doWhat.includes(ring.trim())
