import { type WhatIf, whatIfLevels } from '#domain/plan/plan.ts'

/** Each line of a plan for if things get worse, as a text to compare with another. */
export function whatIfTexts(whatIf: WhatIf, sayDay: (day: string) => string): readonly string[] {
  const levels = whatIfLevels.map((level) => {
    const { sign, doWhat, ring, ringAtNight } = whatIf[level]
    return [sign, doWhat, ring, ringAtNight]
  })
  const situations = (whatIf.situations ?? []).map(({ words }) => [words])
  const ready = (whatIf.justInCase ?? []).map(({ what, where, whoMay, until }) => [
    ...[what, where, whoMay],
    until && sayDay(until),
  ])
  const carer = (whatIf.carerIll ?? []).map(({ what, who, phone }) => [what, who?.name, phone])
  return [...levels, ...situations, ...ready, ...carer]
    .map((parts) => parts.filter(Boolean).join(', '))
    .filter(Boolean)
}
