import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { AdultFindings, CareAssessment } from './care-assessment.ts'

type Written = Readonly<{ id: string; by?: Who; at: string; isDone: boolean }>

/**
 * Where a professional goes on: with the assessment that is open, or with what the person wrote at home since the last
 * one was finished. What was answered at home and not asked yet is taken over.
 */
export function whereToBegin(assessments: readonly CareAssessment[]): Readonly<{
  own: CareAssessment | undefined
  open: CareAssessment | undefined
  start: Readonly<{ id: string; findings: AdultFindings; marks: AnswerMarks }> | undefined
}> {
  const { own, open } = writtenSoFar(assessments)
  if (!open)
    return {
      ...{ own, open },
      start: own ? { id: '', findings: findingsOf(own), marks: own.marks } : undefined,
    }
  if (!own)
    return { own, open, start: { id: open.id, findings: findingsOf(open), marks: open.marks } }
  const { days, helps, wants } = open
  const findings: AdultFindings = {
    ...{ days: days || own.days, helps: helps || own.helps, wants: wants || own.wants },
    ...asked('cause', open.cause ?? own.cause),
    ...asked('wellbeing', open.wellbeing ?? own.wellbeing),
    outcomes: { ...own.outcomes, ...open.outcomes },
  }
  return { own, open, start: { id: open.id, findings, marks: { ...own.marks, ...open.marks } } }
}

const findingsOf = ({ days, helps, wants, cause, outcomes, wellbeing }: CareAssessment) => ({
  ...{ days, helps, wants, outcomes },
  ...asked('cause', cause),
  ...asked('wellbeing', wellbeing),
})

const asked = <K extends string>(field: K, value: 'yes' | 'no' | undefined) =>
  value ? ({ [field]: value } as Record<K, 'yes' | 'no'>) : {}

/** The newest open one of the professionals, and what the person wrote since the last one was finished. */
export function writtenSoFar<A extends Written>(
  newestFirst: readonly A[],
): Readonly<{ own: A | undefined; open: A | undefined }> {
  const isStaffs = ({ by }: A) => by?.voice === 'professional'
  const open = newestFirst.find((each) => isStaffs(each) && !each.isDone)
  const last = newestFirst.find(({ isDone }) => isDone)
  const own = newestFirst.find(
    ({ by, at }) => by?.voice === 'person' && (!last || at > last.at || open !== undefined),
  )
  return { own, open }
}
