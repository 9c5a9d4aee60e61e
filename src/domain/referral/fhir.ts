import type { ServiceRequest, Task } from '@medplum/fhirtypes'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { caseReferralCode, isCaseReferral } from './case-referral.ts'
import {
  AlreadyAnswered,
  type Referral,
  type ReferralAnswer,
  type ReferralState,
  referralMayBecome,
} from './referral.ts'

const states: Readonly<Record<string, ReferralState>> = {
  accepted: 'accepted',
  'in-progress': 'accepted',
  'on-hold': 'accepted',
  completed: 'closed',
  rejected: 'refused',
  failed: 'refused',
  cancelled: 'withdrawn',
  'entered-in-error': 'withdrawn',
}
const taskStatus: Readonly<Record<ReferralAnswer, Task['status']>> = {
  accepted: 'accepted',
  signposted: 'rejected',
  refused: 'rejected',
  closed: 'completed',
  withdrawn: 'cancelled',
}
const requestStatus: Readonly<Record<ReferralAnswer, ServiceRequest['status']>> = {
  accepted: 'active',
  signposted: 'revoked',
  refused: 'revoked',
  closed: 'completed',
  withdrawn: 'revoked',
}

/** In which state the task of a referral is. */
export function referralStateOf(task: Task): ReferralState {
  const state = states[task.status ?? ''] ?? 'sent'
  const elsewhere = task.businessStatus?.coding?.some(({ code }) => code === signposted) ?? false
  return state === 'refused' && elsewhere ? signposted : state
}
const signposted = 'signposted'

/** Somebody is asked to accept it; any other request is a service that is arranged. */
export const isReferral = ({ category = [] }: ServiceRequest): boolean =>
  category.some((each) => each.coding?.some(({ code }) => code === 'referral'))

export function referralFromFhir(task: Task, request: ServiceRequest | undefined): Referral {
  const record = recordFrom(task, task.requester)
  const answered = referralStateOf(task) !== 'sent'
  return {
    ...record,
    person: idIn(task.for?.reference),
    requestId: idIn(task.focus?.reference),
    what: request?.code?.text ?? task.description ?? '',
    why: request?.reasonCode?.[0]?.text ?? '',
    ...given('to', whoFrom(task.owner)),
    ...given('from', whoFrom(task.requester)),
    ...given('sentOn', task.authoredOn),
    ...(isCaseReferral(task) ? { forCase: true } : {}),
    ...given('answerBy', task.restriction?.period?.end),
    state: referralStateOf(task),
    ...given('reason', task.statusReason?.text),
    ...given('outcome', extensionOf(task, 'referral-outcome')?.valueString),
    ...(answered ? given('answeredBy', record.written?.by) : {}),
    ...(answered ? given('answeredAt', record.written?.at) : {}),
  }
}

/** The two records of a referral that is sent: the request, and the task of the one who is asked. */
export function sentReferral(
  referral: Pick<Referral, 'id' | 'requestId' | 'person' | 'what' | 'why' | 'forCase'> &
    Required<Pick<Referral, 'to'>>,
  written: WrittenBy,
): readonly [ServiceRequest & { id: string }, Task & { id: string }] {
  const about = { reference: `Patient/${referral.person}` }
  const to = referenceTo(referral.to)
  const by = referenceTo(written.by)
  const kind = referral.forCase ? caseReferralCode : ownCode('referral')
  return [
    {
      resourceType: 'ServiceRequest',
      id: referral.requestId,
      status: 'active',
      intent: 'order',
      category: [kind],
      code: { text: referral.what },
      subject: about,
      requester: by,
      performer: [to],
      authoredOn: written.at,
      ...(referral.why ? { reasonCode: [{ text: referral.why }] } : {}),
    },
    {
      resourceType: 'Task',
      id: referral.id,
      status: 'requested',
      intent: 'order',
      code: kind,
      focus: { reference: `ServiceRequest/${referral.requestId}` },
      for: about,
      description: referral.what,
      authoredOn: written.at,
      requester: by,
      owner: to,
      ...withExtensions(undefined, { written: writtenExtension(written) }),
    },
  ]
}

/** The task after an answer; `words`: why it was refused or withdrawn, or its outcome. Throws `AlreadyAnswered`. */
export function answeredTask(
  task: Task,
  answer: ReferralAnswer,
  said: Readonly<{ words: string; written: WrittenBy }>,
): Task & { id: string } {
  const state = referralStateOf(task)
  if (!referralMayBecome(state, answer)) throw new AlreadyAnswered(state)
  const { words, written } = said
  const closed = answer === 'closed'
  return {
    ...task,
    id: task.id ?? '',
    status: taskStatus[answer],
    ...(words && !closed ? { statusReason: { text: words } } : {}),
    ...(answer === signposted ? { businessStatus: ownCode(signposted) } : {}),
    ...(closed ? { executionPeriod: { ...task.executionPeriod, end: written.at } } : {}),
    ...withExtensions(task, {
      'referral-outcome': closed && words ? [{ valueString: words }] : [],
      written: writtenExtension(written),
    }),
  }
}

export const answeredRequest = (request: ServiceRequest, answer: ReferralAnswer) => ({
  ...request,
  id: request.id ?? '',
  status: requestStatus[answer],
})
