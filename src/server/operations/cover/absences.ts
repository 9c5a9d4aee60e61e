import { addDays } from '#domain/calendar/days.ts'
import { type Absence, absenceState } from '#domain/cover/absence.ts'
import { absencesAnswer } from '#domain/cover/absences-answer.ts'
import { changesAround } from '#server/cover/coordinator-changes.ts'
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
    'Who is away in the caller’s organisation, from when until when, who covers (for whom somebody else: of people whom the caller may see), the colleagues who could, and what was handed over for good in the last six weeks by the caller, from them or to them; for its professionals and managers',
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
      handed: await handedAround(call),
    })
  },
}

/** So long, people who were handed over for good are listed with what is known about them. */
const daysHanded = 42

async function handedAround(call: OperationCall) {
  if (!call.actor.practitioner) return []
  const me = `Practitioner/${call.actor.practitioner}`
  const changes = await changesAround(call, me, daysHanded)
  const batches = Map.groupBy(changes, ({ batch }) => batch)
  return [...batches].flatMap(([batch, all]) => {
    const [first] = all
    if (!first) return []
    const to = [...new Set(all.map((each) => each.to.name))].join(', ')
    return [{ batch, people: all.length, from: first.from.name, to, at: first.at }]
  })
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
