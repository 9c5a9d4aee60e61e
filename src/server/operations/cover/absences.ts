import { addDays } from '#domain/calendar/days.ts'
import { type Absence, absenceState } from '#domain/cover/absence.ts'
import { absencesAnswer } from '#domain/cover/absences-answer.ts'
import { absencesOf, exceptionsOf } from '#server/cover/kept-absences.ts'
import { peopleNamedFor } from '#server/operations/meetings/people-named-for.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { mustArrangeCover, staffHere } from './staff-here.ts'

/** So long after it was read, an absence is still listed; the record of the role keeps every one. */
const daysListed = 60

/** Who is away in the caller’s organisation, who covers, and who could. */
export const absencesOperation: Operation = {
  name: 'absences',
  on: 'type',
  type: 'PractitionerRole',
  changes: false,
  purpose:
    'Who is away in the caller’s organisation, from when until when, who covers (for whom somebody else: of people whom the caller may see), and the colleagues who could; for its professionals and managers',
  async run(call) {
    const organisation = mustArrangeCover(call.actor)
    const staff = await staffHere(call, organisation)
    const since = addDays(call.today, -daysListed)
    const absences = absencesOf(staff.flatMap(({ roles }) => roles)).filter(
      ({ until, read }) => !read || until >= since,
    )
    const named = new Map(staff.map(({ who }) => [who.reference, who]))
    const others = await othersFor(call, absences)
    return absencesAnswer.write({
      absences: absences.map((each) => ({
        ...each,
        who: named.get(each.who.reference) ?? each.who,
        state: absenceState(each, call.today),
        others: others.filter(({ absence }) => absence === each.id),
      })),
      colleagues: staff.map(({ who, role }) => ({ who, role })),
    })
  },
}

/** A manager sees no people, and nobody sees a person who is not theirs to see. */
async function othersFor(call: OperationCall, absences: readonly Absence[]) {
  if (!call.actor.practitioner) return []
  const all = await exceptionsOf(
    call.context.service.sql,
    absences.map(({ id }) => id),
  )
  const seen = await peopleNamedFor(call, [...new Set(all.map(({ person }) => person))])
  return all.filter(({ person }) => seen.has(person))
}
