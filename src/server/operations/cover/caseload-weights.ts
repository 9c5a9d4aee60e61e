import { type Caseload, caseloadsAfter } from '#domain/cover/caseload-weight.ts'
import { type Shared, sharedAnswer, weightsRequest } from '#domain/cover/shared-answer.ts'
import { changesAround } from '#server/cover/coordinator-changes.ts'
import { awayNow } from '#server/cover/kept-absences.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import { peopleNamedFor } from '#server/operations/meetings/people-named-for.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { mustBeCoworker, type StaffHere, staffHere } from './staff-here.ts'
import { type WeighedCase, weighedCases } from './weighed-cases.ts'

/** How the people of an organisation are shared out, in numbers, and the people of one colleague with what each counts. */
export const caseloadWeightsOperation: Operation = {
  name: 'caseload-weights',
  on: 'type',
  type: 'EpisodeOfCare',
  changes: false,
  purpose:
    'The caseloads of the caller’s organisation by colleague: people and weight (one for each person, and one each for new, no plan, in hospital, open alert, review overdue); the people of from (id of a Practitioner; absent: the caller) whom the caller may see, with what each counts; and what the caller handed over in the last days. For professionals',
  async run(call) {
    const { organisation, me } = mustBeCoworker(call.actor)
    const { from } = askedParameters(call, weightsRequest)
    const whose = from ? `Practitioner/${from}` : me
    const staff = await staffHere(call, organisation)
    const cases = await weighedCases(call, organisation)
    const people = await peopleOf(
      call,
      cases.filter(({ who, isSeen }) => isSeen && who === whose),
    )
    const seen = people.map(({ id }) => [id, [`Patient/${id}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$caseload-weights' })
    return sharedAnswer.write({
      colleagues: await colleaguesWith(call, { staff, cases, moves: [] }),
      people,
      recent: await recentOf(call, me),
    })
  },
}

async function peopleOf(call: OperationCall, cases: readonly WeighedCase[]) {
  const named = await peopleNamedFor(
    call,
    cases.map(({ person }) => person),
  )
  return cases
    .flatMap(({ person, weight, inputs }) => {
      const who = named.get(person)
      if (!who) return []
      const { id, family, given, birthDate } = who
      return [{ id, family, given, birthDate, weight, inputs: [...inputs] }]
    })
    .toSorted((one, other) => other.weight - one.weight || one.family.localeCompare(other.family))
}

type Sharing = Readonly<{
  staff: readonly StaffHere[]
  cases: readonly WeighedCase[]
  moves: readonly Readonly<{ from: string; to: string; weight: number }>[]
}>

/** Each colleague with the caseload as it is, and after these moves. */
export async function colleaguesWith(
  call: OperationCall,
  { staff, cases, moves }: Sharing,
): Promise<Shared['colleagues']> {
  const before = staff.map(({ who: { reference } }): Caseload => {
    const own = cases.filter(({ who }) => who === reference)
    const weight = own.reduce((sum, each) => sum + each.weight, 0)
    return { who: reference, people: own.length, weight }
  })
  const after = caseloadsAfter(before, moves)
  const away = await awayNow(call.context)
  return staff.map(({ who, role }, place) => {
    const absence = away.absences.find((each) => each.who.reference === who.reference)
    return {
      ...{ who, role, people: before[place]?.people ?? 0, weight: before[place]?.weight ?? 0 },
      ...(moves.length > 0
        ? { peopleAfter: after[place]?.people ?? 0, weightAfter: after[place]?.weight ?? 0 }
        : {}),
      ...(absence ? { awayUntil: absence.until } : {}),
    }
  })
}

/** So many days, what was handed over can be taken back. */
export const daysToUndo = 7

async function recentOf(call: OperationCall, me: string): Promise<Shared['recent']> {
  const changes = (await changesAround(call, me, daysToUndo)).filter(
    ({ by }) => by.reference === me,
  )
  return [...Map.groupBy(changes, ({ batch }) => batch)].flatMap(([batch, [first, ...more]]) =>
    first ? [{ batch, people: more.length + 1, from: first.from.name, at: first.at }] : [],
  )
}
