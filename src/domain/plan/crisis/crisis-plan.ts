import type { PlanRecord, SaidBy } from '#domain/plan/plan.ts'

/** The parts of a plan for a crisis in mental health, in the order in which they are read. Our own words. */
export const crisisParts = [
  ...(['signs', 'signs-seen', 'helps', 'worse', 'call-day', 'call-night', 'treated'] as const),
  ...(['medicines-helped', 'medicines-not', 'at-home'] as const),
] as const
export type CrisisPart = (typeof crisisParts)[number]

/** One line of it, in somebody’s words. */
export type CrisisLine = Readonly<{ id: string; part: CrisisPart; words: string; said?: SaidBy }>

/** That it was looked at together: by whom and when. */
export type CrisisLooked = Readonly<{ on: string; said?: SaidBy }>

/**
 * What is agreed for a crisis, voice by voice. It is in the record of the plan for if things get worse, so that it opens,
 * prints and is agreed to with it.
 */
export type CrisisPlan = PlanRecord &
  Readonly<{
    person: string
    caseId: string
    lines: readonly CrisisLine[]
    looked?: CrisisLooked
  }>

/** The lines of one part that say something. */
export const linesIn = (
  { lines }: Pick<CrisisPlan, 'lines'>,
  part: CrisisPart,
): readonly CrisisLine[] => lines.filter((line) => line.part === part && line.words.trim() !== '')

export const isEmptyCrisis = ({ lines }: Pick<CrisisPlan, 'lines'>): boolean =>
  lines.every(({ words }) => words.trim() === '')

/** Every line that says something, part by part. */
export const crisisLines = (crisis: Pick<CrisisPlan, 'lines'>): readonly CrisisLine[] =>
  crisisParts.flatMap((part) => linesIn(crisis, part))
