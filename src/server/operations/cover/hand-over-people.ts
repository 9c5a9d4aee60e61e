import type { CoordinatorChange } from '#domain/cover/coordinator-change.ts'
import { coverNoteToFhir } from '#domain/cover/cover-note.ts'
import {
  type HandOverPeople,
  handOverPeopleRequest,
  type Shared,
  sharedAnswer,
} from '#domain/cover/shared-answer.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { changesOf, handedKey } from '#server/cover/coordinator-changes.ts'
import { coverNoteId } from '#server/cover/cover-note-id.ts'
import { lockAbsences } from '#server/cover/kept-absences.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import { peopleNamedFor } from '#server/operations/meetings/people-named-for.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { mustBeShort } from '#server/validation/short-words.ts'
import { colleaguesWith } from './caseload-weights.ts'
import { changeCoordinator } from './change-coordinator.ts'
import { mustBeCoworker, type StaffHere, staffHere } from './staff-here.ts'
import { takeBackCoordinator } from './take-back-coordinator.ts'
import { type WeighedCase, weighedCases } from './weighed-cases.ts'

const mostAtOnce = 200
const shortestReason = 3

/** Hands people of one colleague over to one or several, for good: all of them, or nobody. Tried first, and taken back. */
export const handOverPeopleOperation: Operation = {
  name: 'hand-over-people',
  on: 'type',
  type: 'EpisodeOfCare',
  changes: true,
  purpose:
    'Hands people over for good: batch (id made by the client), from (id of the Practitioner who coordinates now), person for each (id, and to: the colleague of the same organisation; words: what they should know, between professionals), reason (the people can read it); trial says only what the caseloads would be; undo takes the batch back within 7 days, by whoever handed over. All of them or nobody; for professionals who may change who coordinates the care. Returns the caseloads before and after',
  async run(call) {
    const { organisation } = mustBeCoworker(call.actor)
    const asked = askedParameters(call, handOverPeopleRequest)
    mustBeComplete(asked)
    return await withinRecord(call.context, async (inside) => {
      const within = { ...call, context: inside, store: inside.store, sql: inside.sql }
      await lockAbsences(inside, organisation)
      const staff = await staffHere(within, organisation)
      if (asked.undo) await takeBackCoordinator(within, asked.batch, staff)
      const done = asked.undo ? [] : await doneBefore(within, asked)
      const cases = await weighedCases(within, organisation)
      const seen = await peopleNamedFor(
        within,
        asked.people.map(({ id }) => id),
      )
      const before = cases.map((each) => ({ ...each, who: whoBefore(done, each) }))
      const own = before.filter(({ person, isSeen }) => isSeen && seen.has(person))
      const moves = asked.undo ? [] : movesIn(asked, { staff, cases: own })
      const colleagues = await colleaguesWith(within, { staff, cases: before, moves })
      const left = done.length > 0 ? [] : moves
      mustBeThere(colleagues, left)
      if (!asked.trial) await handOver(within, asked, { moves: left, staff })
      return sharedAnswer.write({ colleagues, people: [], recent: [] })
    })
  },
}

/** A batch is handed over once: sent again, it gets the same answer. Throws 409 if it was another, or was taken back. */
async function doneBefore(
  call: OperationCall,
  { batch, from, people }: HandOverPeople,
): Promise<readonly CoordinatorChange[]> {
  const done = await changesOf(call, batch)
  if (done.length === 0) return []
  const isSame = done.every(
    (each) =>
      each.by.reference === `Practitioner/${call.actor.practitioner}` &&
      each.from.reference === `Practitioner/${from}` &&
      people.some(({ id, to }) => id === each.person && `Practitioner/${to}` === each.to.reference),
  )
  if (!isSame || done.length !== people.length)
    throw new FhirProblem(409, 'conflict', 'This id is in use')
  if (done.some(({ undone }) => undone))
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      'This was handed over, and taken back: hand the people over again',
    )
  return done
}

/** As it was before this batch. */
const whoBefore = (done: readonly CoordinatorChange[], { person, who }: WeighedCase): string =>
  done.find((each) => each.person === person)?.from.reference ?? who

type Move = Readonly<{ person: string; from: string; to: string; weight: number }>

/** Nobody is given to somebody who is away. Throws 422. */
function mustBeThere(colleagues: Shared['colleagues'], moves: readonly Move[]): void {
  const away = colleagues.find(
    ({ who, awayUntil }) => awayUntil && moves.some(({ to }) => to === who.reference),
  )
  if (away)
    throw refusal(`${away.who.name} is away until ${away.awayUntil}: choose somebody else`, 'to')
}

type Moving = Readonly<{ moves: readonly Move[]; staff: readonly StaffHere[] }>

async function handOver(
  call: OperationCall,
  { batch, reason, people }: HandOverPeople,
  { moves, staff }: Moving,
): Promise<void> {
  const words = mustBeShort(reason)
  for (const { person, from, to } of moves) {
    const target = staff.find(({ who }) => who.reference === to)
    if (!target) continue
    await changeCoordinator(call, { batch, reason: words, person, from, to: target })
    const known = people.find(({ id }) => id === person)?.words?.trim() ?? ''
    if (known) await leaveWords(call, { batch, person, words: mustBeShort(known) })
  }
}

type Left = Readonly<{ batch: string; person: string; words: string }>

/** What whoever takes this person over should know, between professionals. */
async function leaveWords(call: OperationCall, { batch, person, words }: Left): Promise<void> {
  const absence = handedKey(batch)
  const { who: by } = writerOf(call.context, person)
  const id = coverNoteId(absence, person)
  const note = coverNoteToFhir({ id, absence, person, words, by, at: call.now.toISOString() })
  await keepRecords(call.context, [note], { person, way: '$hand-over-people' })
}

const refusal = (words: string, parameter: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: parameter })

function mustBeComplete({ batch, from, people, reason, trial, undo }: HandOverPeople): void {
  if (!/^[A-Za-z0-9\-.]{1,40}$/.test(batch))
    throw new FhirProblem(400, 'value', 'Give the batch an id of at most 40 characters')
  if (undo) return
  if (from === '' || people.length === 0)
    throw new FhirProblem(400, 'required', 'Say whose people (from), and who (person)')
  if (people.length > mostAtOnce)
    throw new FhirProblem(422, 'too-costly', `${mostAtOnce} people at most are handed over at once`)
  if (new Set(people.map(({ id }) => id)).size < people.length)
    throw refusal('Each person is handed over once', 'person')
  if (!trial && reason.trim().length < shortestReason)
    throw refusal(`Give a reason of at least ${shortestReason} letters`, 'reason')
}

type Here = Readonly<{
  staff: Awaited<ReturnType<typeof staffHere>>
  cases: Awaited<ReturnType<typeof weighedCases>>
}>

/** Throws 404 for a person who is not among those of the organisation whom the caller may see, tried or not, and 409 if somebody else coordinates by now. */
function movesIn({ from, people }: HandOverPeople, { staff, cases }: Here): readonly Move[] {
  const before = `Practitioner/${from}`
  return people.map(({ id, to }) => {
    const found = cases.find(({ person }) => person === id)
    const target = `Practitioner/${to}`
    if (!found) throw notFound()
    if (found.who !== before)
      throw new FhirProblem(
        ...([409, 'conflict'] as const),
        'Somebody else coordinates the care of one of them by now: look again',
      )
    if (target === before) throw refusal('They coordinate the care already', 'to')
    if (!staff.some(({ who }) => who.reference === target))
      throw refusal('Only somebody who works in your organisation today can take people over', 'to')
    return { person: id, from: before, to: target, weight: found.weight }
  })
}
