import type { Absence } from '#domain/cover/absence.ts'
import { absenceState } from '#domain/cover/absence.ts'
import type { AbsenceLine } from '#domain/cover/absences-answer.ts'
import type { CoverOfPerson } from '#domain/cover/away-now.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { notFound } from '#server/problem.ts'
import { absencesOf, exceptionsOf, rolesIn } from './kept-absences.ts'

export type AbsenceToRead = Readonly<{
  absence: Absence
  line: AbsenceLine
  exceptions: readonly CoverOfPerson[]
  isOwn: boolean
}>

/** An absence for whoever is away and whoever covers. For everybody else there is none (404). */
export async function absenceToRead(
  { context, today }: Pick<OperationCall, 'context' | 'today'>,
  id: string,
  { organisation, me }: Readonly<{ organisation: string; me: string }>,
): Promise<AbsenceToRead> {
  const all = absencesOf(await rolesIn(context, organisation))
  const absence = all.find((each) => each.id === id)
  if (!absence) throw notFound()
  const exceptions = await exceptionsOf(context.service.sql, [id])
  const isOwn = absence.who.reference === me
  const covers = [absence, ...exceptions].some(({ cover }) => cover.reference === me)
  if (!isOwn && !covers) throw notFound()
  const line = { ...absence, state: absenceState(absence, today), others: [] }
  return { absence, line, exceptions, isOwn }
}
