import type { BundleEntry, ServiceRequest, Task } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir, updateEntry } from '#client/fhir/fhir-client.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import {
  answeredRequest,
  answeredTask,
  heardTask,
  referralFromFhir,
  sentReferral,
} from '#domain/referral/fhir.ts'
import type { Referral, ReferralStep } from '#domain/referral/referral.ts'
import {
  referralsFromParameters,
  referralsRequest,
  requestCoordinatorAnswer,
  requestCoordinatorRequest,
} from '#domain/referral/referrals-answer.ts'
import { isReferralTask } from '#domain/task/fhir.ts'

/** The person's referrals, the latest first, with their outcomes. */
export const referralsQuery = (person: string) =>
  queryOptions({
    queryKey: ['referrals', person],
    queryFn: async ({ signal }) => {
      const patient = `Patient/${person}`
      const [tasks, requests] = await Promise.all([
        allRecords('Task', { patient, intent: 'order' }, signal),
        allRecords('ServiceRequest', { patient }, signal),
      ])
      const requested = new Map(requests.map((each) => [`ServiceRequest/${each.id}`, each]))
      return tasks
        .filter(isReferralTask)
        .map((task) => referralFromFhir(task, requested.get(task.focus?.reference ?? '')))
        .toSorted((one, other) => (other.sentOn ?? '').localeCompare(one.sentOn ?? ''))
    },
    meta: { kinds: ['Task', 'ServiceRequest'] },
  })

type NewReferral = Pick<
  Referral,
  'id' | 'requestId' | 'person' | 'what' | 'why' | 'forCase' | 'service'
> &
  Required<Pick<Referral, 'to'>>

/** Sends a referral: the request and the task of the one asked, in one transaction. Safe to repeat. */
export async function sendReferral(referral: NewReferral): Promise<void> {
  const [request, task] = sentReferral(referral, writtenNow(referral.person))
  await saveTogether({
    edits: [request, task].map((record) => ({
      ...{ type: record.resourceType, id: record.id, isNew: true },
      onto: (current) => (current ? undefined : record),
    })),
  })
}

/**
 * Answers a referral; `words`: why it is refused or withdrawn, or its outcome. Rejects with `AlreadyAnswered` if it has
 * changed by now.
 */
export async function answerReferral(
  referral: Referral,
  answer: ReferralStep,
  words: string,
): Promise<void> {
  const said = { words: words.trim(), written: writtenNow(referral.person) }
  await saveTogether({
    edits: [
      {
        type: 'ServiceRequest',
        id: referral.requestId,
        onto: (current) => {
          if (current?.resourceType !== 'ServiceRequest') return undefined
          const request: ServiceRequest & { id: string } = answeredRequest(current, answer)
          return request.status === current.status ? undefined : request
        },
      },
      {
        type: 'Task',
        id: referral.id,
        onto: (current) => (current ? answeredTask(current as Task, answer, said) : undefined),
      },
    ],
  })
}

/** Writes down what was heard from a service that cannot answer here itself, and by when to ask again. */
export async function noteHeard(referral: Referral, words: string, nextBy: string): Promise<void> {
  const { by, at } = writtenNow(referral.person)
  await saveTogether({
    edits: [
      {
        type: 'Task',
        id: referral.id,
        onto: (current) =>
          current?.resourceType === 'Task'
            ? heardTask(current, { by, at, words: words.trim() }, nextBy)
            : undefined,
      },
    ],
  })
}

/** The answer yes, as entries of a transaction that does more. Rejects with `AlreadyAnswered` if somebody was first. */
export async function acceptedEntries(referral: Referral): Promise<readonly BundleEntry[]> {
  const said = { words: '', written: writtenNow(referral.person) }
  const task = answeredTask(await fhir.read('Task', referral.id), 'accepted', said)
  const request = await fhir.find('ServiceRequest', referral.requestId)
  const asked = request && answeredRequest(request, 'accepted')
  return [
    updateEntry(task),
    ...(asked && asked.status !== request.status ? [updateEntry(asked)] : []),
  ]
}

/** Who is asked to take on whom, of the signed-in user and their organisation. */
export const referralsToUsQuery = (identity: string, count?: number) =>
  queryOptions({
    queryKey: ['referrals-to-us', identity, count ?? 'first'],
    // what is late changes with the day
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      referralsFromParameters(
        await fhir.operation('$referrals', referralsRequest.write(count ? { count } : {}), signal),
      ),
    meta: { kinds: ['Task', 'ServiceRequest', 'EpisodeOfCare', 'Patient'] },
  })

/** Asks the person’s practice for a case manager, or takes that back; `why` in the words of who asks. */
export async function requestCoordinator(person: string, why: string, withdraw = false) {
  const answer = requestCoordinatorAnswer.read(
    await fhir.operation(
      `Patient/${person}/$request-coordinator`,
      requestCoordinatorRequest.write({ why, withdraw }),
    ),
  )
  await noteChangeEvent(['Task', 'ServiceRequest'])
  return answer
}
