import { queryOptions } from '@tanstack/react-query'
import { clockZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { findObservations } from '#client/queries/monitoring/observations.ts'
import { openAlerts } from '#domain/alert/open-alerts.ts'
import { isOpenSafety } from '#domain/alert/open-safety.ts'
import { type OpenWork, openWork } from '#domain/case/closing.ts'
import { referralFromFhir } from '#domain/referral/fhir.ts'
import { isReferralTask, taskFromFhir } from '#domain/task/fhir.ts'

/** What prevents closing the case of a person. */
export const openWorkQuery = (person: string) =>
  queryOptions({
    queryKey: ['open-work', person],
    queryFn: ({ signal }) => findOpenWork(person, signal),
    meta: { kinds: ['Task', 'Flag', 'Observation', 'CarePlan', 'EpisodeOfCare'] },
  })

/** The same, from the current record. */
export async function findOpenWork(
  person: string,
  signal: AbortSignal,
): Promise<readonly OpenWork[]> {
  const patient = `Patient/${person}`
  const [tasks, flags, readings] = await Promise.all([
    allRecords('Task', { patient, intent: 'order' }, signal),
    allRecords('Flag', { patient }, signal),
    findObservations(person, signal),
  ])
  return openWork({
    tasks: tasks.map((each) => taskFromFhir(each, clockZone())),
    referrals: tasks.filter(isReferralTask).map((task) => referralFromFhir(task, undefined)),
    safety: flags
      .filter(isOpenSafety)
      .map((flag) => ({ id: flag.id ?? '', text: flag.code.text ?? '' })),
    alerts: openAlerts(readings),
  })
}
