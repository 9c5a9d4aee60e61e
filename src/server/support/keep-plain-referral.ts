import type { Task } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import {
  extensionOf,
  extensionsOf,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import { referralStateOf } from '#domain/referral/fhir.ts'
import {
  answerNeedsWords,
  nextWordBy,
  type ReferralState,
  referralMayBecome,
} from '#domain/referral/referral.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

type Referral = Task & { id: string }
type Before = Readonly<{ prior: Task | undefined; person: string | undefined }>

/** Whom it asks, about whom, and for what. */
const fixed: readonly string[] = ['requester', 'for', 'focus', 'code', 'intent', 'description']

/**
 * A referral to a service as it is stored. It begins as sent; the states follow each other; those who are asked answer
 * it, and never who sent it; the sender takes it back, sends it again with a note, and writes down what was heard. The
 * service sets the day by which the next word is expected. Throws 403 and 422.
 */
export async function keepPlainReferral(
  context: RequestContext,
  task: Referral,
  { prior, person }: Before,
): Promise<Referral> {
  const { actor } = context
  // what an import or a program tells of other systems is taken as it is
  if (!isStaff(actor) || !actor.practitioner) return task
  const to = referralStateOf(task)
  if (!prior) {
    if (to !== 'sent') throw refusal('A referral begins as sent (requested)', 'status')
    return dated(context, task, to)
  }
  const changed = changedElements(prior, task)
  if (changed.some((each) => fixed.includes(each)))
    throw refusal('A referral stays as it was sent', 'focus')
  const from = referralStateOf(prior)
  if (from === to) return mustOnlyAdd(task, prior)
  if (!referralMayBecome(from, to)) throw refusal(`A referral that is ${from} stays so`, 'status')
  mustHaveWords(task, to)
  await mustBeTheirs(context, { prior, person }, to)
  return dated(context, signed(context, task, person), to)
}

function signed(context: RequestContext, task: Referral, person: string | undefined): Referral {
  const by = writerOf(context, person).who
  const written = writtenExtension({ by, at: context.now.toISOString() })
  return { ...task, ...withExtensions(task, { written }) }
}

function dated({ now, zone }: RequestContext, task: Referral, state: ReferralState): Referral {
  const end = nextWordBy(state, dayIn(zone, now))
  const { restriction, ...rest } = task
  if (!end) return rest
  return { ...rest, restriction: { ...restriction, period: { ...restriction?.period, end } } }
}

/** What was heard is added to, never changed. */
function mustOnlyAdd(task: Referral, prior: Task): Referral {
  const [before, after] = [prior, task].map((each) =>
    extensionsOf(each, 'referral-heard').map((note) => JSON.stringify(note)),
  )
  if (before?.some((note, at) => after?.[at] !== note))
    throw refusal('What was heard stays as it was written', 'extension')
  return task
}

async function mustBeTheirs(
  context: RequestContext,
  { prior, person }: Before,
  to: ReferralState,
): Promise<void> {
  const { actor } = context
  const names = namesOf(actor)
  const isSender = names.includes(prior?.requester?.reference ?? '')
  if (to === 'withdrawn' || to === 'sent') {
    if (isSender || (await relationTo(context, person)) === 'named') return
    throw forbidden('A referral is taken back, or sent again, by who sent it')
  }
  const asked = prior?.owner?.reference ?? ''
  const isAsked = names.includes(asked) || asked === `Organization/${actor.organisation}`
  if (!isAsked) throw forbidden('A referral is answered by those who are asked')
  if (isSender) throw forbidden('Who sent a referral does not answer it. A colleague does')
}

function mustHaveWords(task: Task, to: ReferralState): void {
  if (to === 'closed') {
    if (extensionOf(task, 'referral-outcome')?.valueString?.trim()) return
    throw refusal('Say what came of it', 'extension')
  }
  const needs = to === 'sent' || answerNeedsWords(to)
  if (needs && !task.statusReason?.text?.trim())
    throw refusal('Say why, in words that the other side understands', 'statusReason')
}

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Task.${element}` })
