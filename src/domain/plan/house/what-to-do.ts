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
  ring: ringsBeside(step) ? numbersIn(step.ring) : [],
  night: numbersIn(step.ringAtNight ?? ''),
})

/** “Ring 999” is not shown twice: who to call is a separate line unless what to do contains it. */
const ringsBeside = ({ doWhat, ring }: WhatIfStep) =>
  ring.trim() !== '' && !doWhat.includes(ring.trim())
