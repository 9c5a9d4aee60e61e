import { closedAs } from '#domain/access/labels/closed-as.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import {
  lastReviewDay,
  reviewKinds,
  type SupportPlan,
  type SupportPlanStep,
  supportPlanFromFhir,
  supportPlanState,
  supportPlanStepRequest,
  supportPlanToFhir,
} from '#domain/social-care/support-plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { notFound } from '#server/problem.ts'
import {
  asWritten,
  keptRecord,
  lockSocialCare,
  mustBeVersion,
  unsound,
} from '#server/social-care/kept-records.ts'
import { mustBeNamed } from '#server/social-care/must-be-named.ts'

const way = '$support-plan-step'

/** A review of a support plan that was held, with the day of the next one, or the end of the plan with its reason. */
export const supportPlanStepOperation: Operation = {
  name: 'support-plan-step',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Keeps a review of a support plan (plan, version): kind light, full or payment, on, next, words; or ends it: kind end, words (the reason); for a professional named in the care; returns the plan',
  async run(call) {
    const { context, id: person = '', today } = call
    const asked = askedParameters(call, supportPlanStepRequest)
    return await withinRecord(
      context,
      async (inside) => {
        await mustBeNamed(inside, person)
        await lockSocialCare(inside, person)
        const kept = await keptRecord(inside, { kind: 'support-plan', id: asked.plan, person })
        const plan = kept && supportPlanFromFhir(kept)
        if (!kept || !plan) throw notFound()
        if (isRetry(plan, asked)) return kept
        mustBeVersion(plan, asked.version)
        mustBeSound(plan, asked)
        if (asked.kind !== 'end') await mustBeLiving(inside, person, 'plan')
        const by = writerOf(inside, person).who.name
        const next = after(plan, asked, { by, at: inside.now.toISOString(), today })
        const record = closedAs(kept, supportPlanToFhir(next))
        await keepRecords(inside, [record], { person, way })
        return asWritten(record, plan.version + 1, kept)
      },
      person,
    )
  },
}

function mustBeSound(plan: SupportPlan, { kind, words }: SupportPlanStep): void {
  if (supportPlanState(plan) === 'ended') throw unsound('This plan has ended already', 'plan')
  if (words.trim() !== '') return
  throw unsound(kind === 'end' ? 'Say why the plan ends' : 'Say what came of the review', 'words')
}

function isRetry({ version, ended, reviews }: SupportPlan, asked: SupportPlanStep): boolean {
  if (version !== asked.version + 1) return false
  if (asked.kind === 'end') return ended?.reason === asked.words.trim()
  const last = reviews.at(-1)
  return last?.kind === asked.kind && last.on === asked.on && last.words === asked.words.trim()
}

type Said = Readonly<{ by: string; at: string; today: string }>

function after(
  plan: SupportPlan,
  { kind, on, next, words }: SupportPlanStep,
  { by, at, today }: Said,
): SupportPlan {
  if (kind === 'end') return { ...plan, ended: { by, at, reason: words.trim() } }
  if (!isWholeDay(on) || on > today || on < plan.startsOn)
    throw unsound('Say on which day the review was: after the start, and not to come', 'on')
  const reviewKind = reviewKinds.find((each) => each === kind) ?? 'full'
  const reviews = [...plan.reviews, { kind: reviewKind, on, words: words.trim(), by, at }]
  // an early look moves no date; a yearly review may be asked for then
  if (kind === 'light' && next === '') return { ...plan, reviews }
  if (!isWholeDay(next) || next <= on || next > lastReviewDay(on))
    throw unsound('The next review is within 12 months of this one', 'next')
  if (kind !== 'payment') return { ...plan, reviews, reviewOn: next }
  if (!plan.payment) throw unsound('This plan has no direct payment', 'kind')
  return { ...plan, reviews, payment: { ...plan.payment, reviewOn: next } }
}
