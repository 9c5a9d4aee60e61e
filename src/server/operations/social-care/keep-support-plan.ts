import { closedAs } from '#domain/access/labels/closed-as.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import {
  keepSupportPlanRequest,
  lastPaymentReviewDay,
  type SupportPlan,
  type SupportPlanFault,
  type SupportPlanToKeep,
  supportPlanFaults,
  supportPlanFromFhir,
  supportPlanToFhir,
} from '#domain/social-care/support-plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import {
  asWritten,
  keptOfPerson,
  keptRecord,
  lockSocialCare,
  mustBeVersion,
  unsound,
} from '#server/social-care/kept-records.ts'
import { mustBeNamed } from '#server/social-care/must-be-named.ts'
import { rightToSupport } from '#server/social-care/right-to-support.ts'

const way = '$keep-support-plan'
const mostOutcomes = 30

/**
 * Writes a support plan from the outcomes that somebody has a right to support with, or changes it; with `offer` the
 * person is asked for their answer, and then everything has to be said. A change after their answer asks them again.
 */
export const keepSupportPlanOperation: Operation = {
  name: 'keep-support-plan',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Writes or changes a support plan: plan (id made by the client), version (that was read, 0 for a new one), assessed (adult, carer), decision, outcome (outcome, how, way, who), budget (in hundredths), payment, startsOn, reviewOn, offer (asks the person); for a professional named in the care; returns it',
  async run(call) {
    const { context, id: person = '', today } = call
    const asked = askedParameters(call, keepSupportPlanRequest)
    return await withinRecord(
      context,
      async (inside) => {
        await mustBeNamed(inside, person)
        await mustBeLiving(inside, person, 'plan')
        await lockSocialCare(inside, person)
        const kept = await keptRecord(inside, { kind: 'support-plan', id: asked.plan, person })
        const standing = kept && supportPlanFromFhir(kept)
        if (kept && standing && isRetry(standing, asked)) return kept
        mustBeVersion(standing, asked.version)
        await mustBeSound(inside, { asked, standing, person, today })
        const plan = planOf(inside, { asked, standing, person })
        const record = closedAs(kept, supportPlanToFhir(plan))
        await keepRecords(inside, [record], { person, way })
        return asWritten(record, asked.version + 1, kept)
      },
      person,
    )
  },
}

const contentOf = ({
  assessed,
  decision,
  outcomes,
  budget,
  payment,
  startsOn,
  reviewOn,
}: SupportPlanToKeep | SupportPlan) => ({
  ...{ assessed, decision, budget, payment, startsOn, reviewOn },
  outcomes: outcomes.filter(({ how }) => how.trim() !== ''),
})

/** The answer to the first try was lost: the same again is the same plan. */
const isRetry = (standing: SupportPlan, asked: SupportPlanToKeep): boolean =>
  standing.version === asked.version + 1 &&
  (standing.offered === standing.edition) === asked.offer &&
  hasSameContent(contentOf(standing), contentOf(asked))

type Asked = Readonly<{
  asked: SupportPlanToKeep
  standing: SupportPlan | undefined
  person: string
}>

const words: Readonly<Record<SupportPlanFault, readonly [string, string]>> = {
  'no-outcome': ['Say for at least one outcome how it is met', 'outcome'],
  how: ['Say for each outcome with a right to support how it is met', 'outcome'],
  ways: ['Say for each outcome by whom it is met', 'outcome'],
  'starts-on': ['Say on which day the plan starts', 'startsOn'],
  'review-on': ['The review is after the start, and within 12 months of it', 'reviewOn'],
  'budget-amount': ['Write down how much the budget is', 'budget'],
  'budget-share': ['What the person pays is between nothing and the whole budget', 'budget'],
  'budget-agreed': [
    'Say who agreed the budget, and on which day. The day is not to come',
    'budget',
  ],
  payment: ['A direct payment is of a budget. Say to whom it goes, and from which day', 'payment'],
  'payment-review': ['The review of the direct payment is after its start', 'payment'],
}

async function mustBeSound(
  context: RequestContext,
  { asked, standing, person, today }: Asked & Readonly<{ today: string }>,
): Promise<void> {
  mustHaveDays(asked)
  if (asked.outcomes.length > mostOutcomes)
    throw unsound(`A plan has at most ${mostOutcomes} outcomes`, 'outcome')
  if (standing?.ended) throw unsound('This plan has ended. Write another one', 'plan')
  if (standing && standing.assessed !== asked.assessed)
    throw unsound('A plan stays for the same kind of needs', 'assessed')
  await mustBeOnlyOne(context, { asked, person })
  const needed = await rightToSupport(context, { ...asked, person })
  if (asked.budget && !/^[A-Z]{3}$/.test(asked.budget.currency))
    throw unsound('Say in which currency the budget is: three letters, such as GBP', 'budget')
  mustBeReviewedInTime(asked, standing)
  const [fault] = supportPlanFaults(asked, { needed, today })
  if (!asked.offer || !fault) return
  throw unsound(...words[fault])
}

function mustHaveDays({ startsOn, reviewOn, budget, payment }: SupportPlanToKeep): void {
  const days = [startsOn, reviewOn, budget?.agreedOn, payment?.startsOn, payment?.reviewOn]
  if (days.some((each) => each && !isWholeDay(each)))
    throw unsound('A day in this plan is no day of the calendar', 'startsOn')
}

/** The Care and Support (Direct Payments) Regulations 2014, regulation 7(1)(a). */
function mustBeReviewedInTime({ payment }: SupportPlanToKeep, standing?: SupportPlan): void {
  if (!payment?.startsOn || !payment.reviewOn) return
  const last = lastPaymentReviewDay(payment.startsOn, standing?.reviews ?? [])
  if (payment.reviewOn > last)
    throw unsound(
      'A direct payment is reviewed within its first 6 months, and then at least every 12 months',
      'payment',
    )
}

/** Somebody has one plan at a time for one kind of needs. Throws 409. */
async function mustBeOnlyOne(
  context: RequestContext,
  { asked, person }: Pick<Asked, 'asked' | 'person'>,
): Promise<void> {
  const all = await keptOfPerson(context, { kind: 'support-plan', person })
  const isOther = all
    .flatMap((each) => supportPlanFromFhir(each) ?? [])
    .some((each) => each.id !== asked.plan && each.assessed === asked.assessed && !each.ended)
  if (isOther)
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      'There is a support plan already. Change that one, or end it first',
    )
}

function planOf(
  context: RequestContext,
  { asked, standing, person }: Asked,
): Omit<SupportPlan, 'version'> {
  const content = contentOf(asked)
  const isSame = standing !== undefined && hasSameContent(contentOf(standing), content)
  const edition = isSame ? standing.edition : (standing?.edition ?? 0) + 1
  const { budget, payment, ...rest } = content
  return {
    ...{ ...rest, id: asked.plan, person, edition },
    ...(budget ? { budget } : {}),
    ...(payment ? { payment } : {}),
    offered: asked.offer ? edition : (standing?.offered ?? 0),
    answers: standing?.answers ?? [],
    reviews: standing?.reviews ?? [],
    written: { by: writerOf(context, person).who, at: context.now.toISOString() },
  }
}
