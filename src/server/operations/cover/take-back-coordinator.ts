import type { Basic } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  type CoordinatorChange,
  coordinatorChangeFromFhir,
  coordinatorChangeToFhir,
} from '#domain/cover/coordinator-change.ts'
import { referenceTo } from '#domain/fhir/references-and-extensions.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { daysToUndo } from './caseload-weights.ts'
import { caseOf, movePlace } from './change-coordinator.ts'

/** Takes a whole batch back: everybody has the coordinator of before, or nobody. Safe to repeat. */
export async function takeBackCoordinator(call: OperationCall, batch: string): Promise<void> {
  const changes = await changesOf(call, batch)
  if (changes.length === 0) throw notFound()
  const { actor, today, context } = call
  for (const { by, at } of changes) {
    if (by.reference !== `Practitioner/${actor.practitioner}`)
      throw forbidden('Whoever handed the people over takes it back')
    if (dayOf(at, context.zone) < addDays(today, -daysToUndo))
      throw new FhirProblem(
        ...([409, 'conflict'] as const),
        `This is more than ${daysToUndo} days ago: hand the people over again`,
      )
  }
  for (const change of changes) if (!change.undone) await takeBack(call, change)
}

async function changesOf({ context }: OperationCall, batch: string) {
  const { rows } = await context.service.sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'Basic' and id like 'change-%' and content is not null
       and content -> 'code' -> 'coding' @> '[{"code":"coordinator-change"}]' order by rid`,
  )
  return rows
    .flatMap(
      ({ id, content }) =>
        coordinatorChangeFromFhir({ ...(storedRecord(content) as Basic), id }) ?? [],
    )
    .filter((each) => each.batch === batch)
}

async function takeBack({ context, now }: OperationCall, change: CoordinatorChange): Promise<void> {
  const { person, from, to, leftTeam } = change
  const { episode, team } = await caseOf(context, person)
  if (episode.careManager?.reference !== to.reference)
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      'Somebody else coordinates the care of one of them by now: hand the people over again',
    )
  const at = now.toISOString()
  await storeRecord(context, {
    resource: { ...episode, careManager: referenceTo(from) },
    version: Number(episode.meta?.versionId),
  })
  if (leftTeam) await movePlace(context, { team, gone: to, came: { who: from, role: '' }, at })
  const undone = { ...change, undone: at }
  await keepRecords(context, [coordinatorChangeToFhir(undone)], {
    person,
    way: '$hand-over-people',
  })
}
