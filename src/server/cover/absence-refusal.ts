import type { Absence } from '#domain/cover/absence.ts'
import { type AbsenceFault, furthestAbsence, longestAbsence } from '#domain/cover/absence-fault.ts'
import { FhirProblem } from '#server/problem.ts'

type Words = Readonly<{ who: string; cover: string }>

const daysOf = (other: Absence | undefined) => `from ${other?.from} to ${other?.until}`

/** 422 with what to do about it; `expression` names the parameter. */
export function absenceRefusal({ why, other }: AbsenceFault, { who, cover }: Words): FhirProblem {
  const words: Readonly<Record<AbsenceFault['why'], readonly [string, string]>> = {
    day: ['Give the first and the last day away as YYYY-MM-DD', 'from'],
    order: ['The last day away is the first day, or later', 'until'],
    past: ['An absence is written down from today on', 'from'],
    began: ['It has begun: only its last day and the cover can change', 'from'],
    'too-late': [`An absence begins within ${furthestAbsence} days`, 'from'],
    'too-long': [
      `An absence lasts ${longestAbsence} days at most. For longer, hand the people over`,
      'until',
    ],
    'cover-none': ['Say who covers', 'cover'],
    'cover-self': ['Somebody else covers', 'cover'],
    'cover-elsewhere': ['Only somebody who works in the same organisation today covers', 'cover'],
    'cover-away': [`${cover} is away ${daysOf(other)}: choose somebody else`, 'cover'],
    overlap: [`${who} is already away ${daysOf(other)}: change that absence`, 'from'],
    'covers-others': [
      `${who} covers for ${other?.who.name} ${daysOf(other)}: name another cover for that first`,
      'from',
    ],
  }
  const [text, parameter] = words[why]
  return new FhirProblem(422, 'business-rule', text, { expression: parameter })
}
