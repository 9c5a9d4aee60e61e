import type { Extension, ServiceRequest, Task } from '@medplum/fhirtypes'
import {
  extensionOf,
  extensionsOf,
  given,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who, WrittenBy } from '#domain/plan/plan.ts'
import { caseReferralCode, isCaseReferral } from './case-referral.ts'
import {
  AlreadyAnswered,
  type Referral,
  type ReferralHeard,
  type ReferralState,
  type ReferralStep,
  referralMayBecome,
} from './referral.ts'

const states: Readonly<Record<string, ReferralState>> = {
  ...{ received: 'received', accepted: 'accepted', 'on-hold': 'waiting' },
  ...{ 'in-progress': 'seen', completed: 'closed', rejected: 'refused', failed: 'refused' },
  ...{ cancelled: 'withdrawn', 'entered-in-error': 'withdrawn' },
}
const taskStatus: Readonly<Record<ReferralState, Task['status']>> = {
  ...{ sent: 'requested', received: 'received', accepted: 'accepted', waiting: 'on-hold' },
  ...{ seen: 'in-progress', closed: 'completed', signposted: 'rejected', refused: 'rejected' },
  ...{ returned: 'rejected', withdrawn: 'cancelled' },
}
const ended: Readonly<Partial<Record<ReferralState, ServiceRequest['status']>>> = {
  ...{ signposted: 'revoked', refused: 'revoked', returned: 'revoked', withdrawn: 'revoked' },
  closed: 'completed',
}
/** Two more ways of saying no. */
const otherNo = ['signposted', 'returned'] as const

/** In which state the task of a referral is. */
export function referralStateOf(task: Task): ReferralState {
  const state = states[task.status ?? ''] ?? 'sent'
  if (state !== 'refused') return state
  const code = task.businessStatus?.coding?.[0]?.code
  return otherNo.find((each) => each === code) ?? 'refused'
}

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
    ...given('service', serviceIn(request)),
    heard: extensionsOf(task, 'referral-heard').map(heardFrom),
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

const serviceIn = (request: ServiceRequest | undefined) =>
  whoFrom(request?.performer?.find(({ reference }) => reference?.startsWith('HealthcareService/')))

const nobody: Who = { reference: '', name: '', voice: 'professional' }

function heardFrom({ extension = [] }: Extension): ReferralHeard {
  const part = (url: string) => extension.find((each) => each.url === url)
  return {
    by: whoFrom(part('by')?.valueReference) ?? nobody,
    ...{ at: part('at')?.valueDateTime ?? '', words: part('words')?.valueString ?? '' },
  }
}

const heardTo = ({ by, at, words }: ReferralHeard) => ({
  extension: [
    { url: 'by', valueReference: referenceTo(by) },
    { url: 'at', valueDateTime: at },
    { url: 'words', valueString: words },
  ],
})

/** The task with one more note of what was heard, and the day by which the next word is expected. */
export const heardTask = (
  task: Task,
  heard: ReferralHeard,
  nextBy: string,
): Task & { id: string } => ({
  ...task,
  id: task.id ?? '',
  restriction: { ...task.restriction, period: { ...task.restriction?.period, end: nextBy } },
  ...withExtensions(task, {
    'referral-heard': [...extensionsOf(task, 'referral-heard').map(heardFrom), heard].map(heardTo),
  }),
})

/** The two records of a referral that is sent: the request, and the task of the one who is asked. */
export function sentReferral(
  referral: Pick<Referral, 'id' | 'requestId' | 'person' | 'what' | 'why' | 'forCase' | 'service'> &
    Required<Pick<Referral, 'to'>>,
  written: WrittenBy,
): readonly [ServiceRequest & { id: string }, Task & { id: string }] {
  const about = { reference: `Patient/${referral.person}` }
  const to = referenceTo(referral.to)
  const by = referenceTo(written.by)
  const { service } = referral
  const asked = service && service.reference !== to.reference ? [referenceTo(service)] : []
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
      performer: [to, ...asked],
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

/** Which state a step leads to. */
export const stateAfterStep = (step: ReferralStep): ReferralState =>
  step === 'reopened' ? 'sent' : step

/**
 * The task after a step; `words`: why it was refused, sent back, withdrawn or sent again, until when it waits, or its
 * outcome. Throws `AlreadyAnswered`.
 */
export function answeredTask(
  task: Task,
  step: ReferralStep,
  said: Readonly<{ words: string; written: WrittenBy }>,
): Task & { id: string } {
  const [from, to] = [referralStateOf(task), stateAfterStep(step)]
  if (!referralMayBecome(from, to)) throw new AlreadyAnswered(from)
  const { words, written } = said
  const closed = to === 'closed'
  const { businessStatus: _before, statusReason: _why, ...rest } = task
  const no = otherNo.find((each) => each === to)
  return {
    ...rest,
    id: task.id ?? '',
    status: taskStatus[to],
    ...(words && !closed ? { statusReason: { text: words } } : {}),
    ...(no ? { businessStatus: ownCode(no) } : {}),
    ...(closed ? { executionPeriod: { ...task.executionPeriod, end: written.at } } : {}),
    ...withExtensions(task, {
      'referral-outcome': closed && words ? [{ valueString: words }] : [],
      written: writtenExtension(written),
    }),
  }
}

export const answeredRequest = (request: ServiceRequest, step: ReferralStep) => ({
  ...request,
  id: request.id ?? '',
  status: ended[stateAfterStep(step)] ?? ('active' as const),
})
