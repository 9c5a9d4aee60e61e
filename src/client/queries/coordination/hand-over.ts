import type { Patient, Task } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { HandOver } from '#domain/team/hand-over.ts'
import {
  answeredHandOver,
  askedHandOver,
  handOverFromFhir,
  practicesOf,
  withNewRegistration,
} from '#domain/team/hand-over-fhir.ts'
import { staysWith } from '#domain/team/who-stays.ts'

/** Where the person is registered, who was asked to take them on, and other reasons why each practice can see them. */
export const registrationQuery = (person: string) =>
  queryOptions({
    queryKey: ['registration', person],
    meta: { kinds: ['Patient', 'Task', 'EpisodeOfCare', 'CareTeam', 'Organization'] },
    queryFn: async ({ signal }) => {
      const patient = `Patient/${person}`
      const [record, tasks, episodes, teams, roles, organisations] = await Promise.all([
        fhir.read('Patient', person),
        allRecords('Task', { patient, intent: 'order' }, signal),
        allRecords('EpisodeOfCare', { patient }, signal),
        allRecords('CareTeam', { patient }, signal),
        allRecords('PractitionerRole', { active: 'true' }, signal),
        allRecords('Organization', { active: 'true' }, signal),
      ])
      const practices = organisations.map(
        ({ id, name = '' }): Who => ({
          ...{ reference: `Organization/${id}`, name, voice: 'professional' },
        }),
      )
      const named = (who: Who): Who => ({
        ...who,
        name: who.name || (practices.find((each) => each.reference === who.reference)?.name ?? ''),
      })
      const handOvers = tasks
        .flatMap((task) => handOverFromFhir(task) ?? [])
        .map((each): HandOver => ({ ...each, by: named(each.by), to: named(each.to) }))
        .toSorted((one, other) => (other.asked?.at ?? '').localeCompare(one.asked?.at ?? ''))
      return {
        practices: practices.toSorted((one, other) => one.name.localeCompare(other.name)),
        registered: practicesOf(record).map((reference) =>
          named({ reference, name: '', voice: 'professional' }),
        ),
        handOvers,
        /** the request that is not answered yet */
        waiting: handOvers.find(({ state }) => state === 'asked'),
        stays: (practice: string) =>
          staysWith(practice, { episodes, teams, tasks, roles, now: now().toISOString() }),
      }
    },
  })

type Asking = Pick<HandOver, 'id' | 'person' | 'by' | 'to' | 'from' | 'why'>

/** Asks another practice to take the person on; `what` is the title of the task. Safe to repeat. */
export async function askToTakeOn(asking: Asking, what: string): Promise<void> {
  const task = askedHandOver(asking, { what, written: writtenNow(asking.person) })
  await saveTogether({
    edits: [
      { type: 'Task', id: task.id, isNew: true, onto: (current) => (current ? undefined : task) },
    ],
  })
}

/**
 * Accepts: the person is registered with the practice that was asked, at once. Rejects with `TaskActionNotPossible` if
 * somebody was first.
 */
export async function acceptHandOver(handOver: HandOver): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Patient', id: handOver.person },
        onto: (current) =>
          current ? withNewRegistration(current as Patient, handOver) : undefined,
      },
      answering(handOver, 'accepted', ''),
    ],
  })
}

/** Declined or withdrawn: nothing changes except that the practice that was asked can no longer see the person. */
export async function endHandOver(
  handOver: HandOver,
  state: 'declined' | 'withdrawn',
  words: string,
): Promise<void> {
  await saveTogether({ edits: [answering(handOver, state, words)] })
}

function answering(
  { id, person }: HandOver,
  state: Exclude<HandOver['state'], 'asked'>,
  words: string,
) {
  const said = { ...writtenNow(person), words: words.trim() }
  return {
    ...{ type: 'Task' as const, id },
    onto: (current: unknown) => {
      // withdrawn: with it the access to the record ends
      if (!current) throw new FhirError({ status: 404, text: 'It is no longer asked for' })
      return answeredHandOver(current as Task, state, said)
    },
  }
}
