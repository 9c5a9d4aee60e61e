import type { Task } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import {
  extensionOf,
  extensionsOf,
  given,
  hasSameContent,
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
import { placesOfActor } from '#server/authorization/lasting-access.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

type Referral = Task & { id: string }
type Before = Readonly<{ prior: Task | undefined; person: string | undefined }>

/** What may change without a step: a note of what was heard with its day, and who of those asked has it. */
const stepless: readonly string[] = ['extension:referral-heard', 'restriction', 'owner']

/** Whom it asks, about whom, and for what. */
const fixed: readonly string[] = [
  'requester',
  'for',
  'focus',
  'code',
  'intent',
  'description',
  'authoredOn',
]

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
  await mustStayWithAsked(context, task, prior)
  const from = referralStateOf(prior)
  if (from === to) return heardMore(context, withMark(task, prior), { prior, person })
  mustKeepHeard(task, prior)
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

/** Those who are asked pass it on among themselves: the organisation, and who works there. Throws 422. */
async function mustStayWithAsked(
  context: RequestContext,
  task: Referral,
  prior: Task,
): Promise<void> {
  const [was = '', now = ''] = [prior, task].map(({ owner }) => targetOf(owner?.reference))
  if (was === now) return
  const mine = await placesOfActor(context)
  if (mine.includes(was) && mine.includes(now)) return
  throw refusal('Who is asked stays, or passes it on within their own organisation', 'owner')
}

function targetOf(reference: string | undefined): string {
  const target = referenceTarget(reference ?? '')
  return target ? `${target.type}/${target.id}` : ''
}

const heardIn = (task: Task) => extensionsOf(task, 'referral-heard')

/** What was heard is added to, never changed. Throws 422. */
function mustKeepHeard(task: Task, prior: Task): void {
  if (heardIn(prior).some((note, at) => !hasSameContent(note, heardIn(task)[at])))
    throw refusal('What was heard stays as it was written', 'extension')
}

/** Who gave the answer stays, also if a client leaves it out. */
function withMark(task: Referral, prior: Task): Referral {
  const { url: _url, ...mark } = extensionOf(prior, 'written') ?? {}
  if (extensionOf(task, 'written') || !extensionOf(prior, 'written')) return task
  return { ...task, ...withExtensions(task, { written: [mark] }) }
}

/** Without a step only the note of what the writer heard is added, with the day by which the next word is expected then. */
function heardMore(
  context: RequestContext,
  task: Referral,
  { prior, person }: Readonly<{ prior: Task; person: string | undefined }>,
): Referral {
  mustKeepHeard(task, prior)
  const more = heardIn(task).slice(heardIn(prior).length)
  if (changedElements(prior, task).some((each) => !stepless.includes(each)) || more.length > 1)
    throw refusal('An answer stays as it was said. Write what you heard beside it', 'extension')
  const [note] = more
  const { restriction, ...rest } = task
  if (!note) return { ...rest, ...given('restriction', prior.restriction) }
  const part = (url: string) => note.extension?.find((each) => each.url === url)
  const by = part('by')?.valueReference?.reference
  if (by !== writerOf(context, person).who.reference)
    throw forbidden('What was heard is written down in one’s own name')
  if (!part('words')?.valueString?.trim()) throw refusal('Say what you heard', 'extension')
  mustBeSoon(context, restriction?.period?.end)
  return task
}

/** Nobody puts off the next word for ever. Throws 422. */
function mustBeSoon({ now, zone }: RequestContext, end: string | undefined): void {
  const today = dayIn(zone, now)
  const last = nextWordBy('waiting', today) ?? today
  if (end && isWholeDay(end) && end >= today && end <= last) return
  throw refusal('Say by which day the next word is expected, within 60 working days', 'restriction')
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
