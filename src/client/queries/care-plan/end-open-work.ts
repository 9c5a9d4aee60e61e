import type { Resource, ServiceRequest, Task } from '@medplum/fhirtypes'
import { clockZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { closingEdit } from '#client/queries/monitoring/alerts.ts'
import { findObservations } from '#client/queries/monitoring/observations.ts'
import { openAlerts } from '#domain/alert/open-alerts.ts'
import { isEndedByDeath } from '#domain/case/closing.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { answeredRequest, answeredTask, referralFromFhir } from '#domain/referral/fhir.ts'
import { referralMayBecome } from '#domain/referral/referral.ts'
import { isReferralTask, recordWithDeed, taskFromFhir } from '#domain/task/fhir.ts'
import { writtenNow } from './plan.ts'

type EndReason = Readonly<{ words: string; written: WrittenBy }>

/**
 * Ends what is open for a person who has died: tasks and promises, referrals, and readings somebody would have called
 * about. All or none, each with this reason. A safety concern and a hand-over stay: somebody has to look at each. Safe
 * to repeat.
 */
export async function endOpenWork(person: string, words: string): Promise<void> {
  const { signal } = new AbortController()
  const patient = `Patient/${person}`
  const [tasks, readings] = await Promise.all([
    allRecords('Task', { patient, intent: 'order' }, signal),
    findObservations(person, signal),
  ])
  const said: EndReason = { words: words.trim(), written: writtenNow(person) }
  const ended = tasks.filter((task) => isEndedByDeath(taskFromFhir(task, clockZone())))
  const ids = openAlerts(readings).flatMap(({ alerts }) => alerts)
  const matters = [...readings.readings, ...readings.uncompared]
    .filter(({ id }) => ids.includes(id))
    .map(({ id, at }) => ({ person, about: `Observation/${id}` as const, since: at }))
  await saveTogether({
    edits: [
      ...ended.flatMap((task) =>
        isReferralTask(task) ? withdrawn(task, said) : [stopped(task, said)],
      ),
      ...matters.map((matter) => closingEdit(matter, { ...said.written, words: said.words })),
    ],
  })
}

const isTask = (record: Resource | undefined): record is Task => record?.resourceType === 'Task'

function stopped({ id = '' }: Task, { words, written }: EndReason): Edit {
  return {
    ...{ type: 'Task', id },
    onto: (current) => {
      if (!isTask(current) || !isEndedByDeath(taskFromFhir(current))) return undefined
      return recordWithDeed(current, { kind: 'cancel', ...written, words }, clockZone())
    },
  }
}

/** What was asked for, and the task of the one who was asked. */
function withdrawn({ id = '', focus }: Task, said: EndReason): readonly Edit[] {
  const [type, request = ''] = focus?.reference?.split('/') ?? []
  const task: Edit = {
    ...{ type: 'Task', id },
    onto: (current) => {
      if (!isTask(current)) return undefined
      const { state } = referralFromFhir(current, undefined)
      return referralMayBecome(state, 'withdrawn')
        ? answeredTask(current, 'withdrawn', said)
        : undefined
    },
  }
  if (type !== 'ServiceRequest') return [task]
  const requestEdit: Edit = {
    ...{ type: 'ServiceRequest', id: request },
    onto: (current) => {
      if (current?.resourceType !== 'ServiceRequest') return undefined
      const answered: ServiceRequest & { id: string } = answeredRequest(current, 'withdrawn')
      return answered.status === current.status ? undefined : answered
    },
  }
  return [requestEdit, task]
}
