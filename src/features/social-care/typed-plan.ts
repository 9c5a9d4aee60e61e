import { amountTyped, hundredthsFrom } from '#domain/social-care/hundredths-from.ts'
import {
  lastReviewDay,
  paymentWays,
  type SupportPlan,
  type SupportPlanToKeep,
} from '#domain/social-care/support-plan.ts'

export type TypedOutcome = Readonly<{ outcome: string; how: string; ways: string[]; who: string }>

/** A support plan while it is typed: amounts are words until they are read. */
export type TypedPlan = Readonly<{
  plan: string
  version: number
  assessed: 'adult' | 'carer'
  decision: string
  outcomes: readonly TypedOutcome[]
  amount: string
  share: string
  per: 'week' | 'year'
  agreedOn: string
  agreedBy: string
  paymentWay: string
  paidTo: string
  paymentStartsOn: string
  paymentReviewOn: string
  startsOn: string
  reviewOn: string
}>

type From = Readonly<{
  assessed: 'adult' | 'carer'
  decision: string
  /** outcomes with a right to support */
  needed: readonly string[]
  plan?: SupportPlan | undefined
}>

/** What the form begins with: the plan as it stands, and every outcome that still has to be met. */
export function typedPlanFrom({ assessed, decision, needed, plan }: From): TypedPlan {
  const standing = plan?.outcomes ?? []
  const all = [...new Set([...needed, ...standing.map(({ outcome }) => outcome)])]
  return {
    ...{ plan: plan?.id ?? '', version: plan?.version ?? 0, assessed, decision },
    outcomes: all.map((outcome) => {
      const found = standing.find((each) => each.outcome === outcome)
      return {
        outcome,
        how: found?.how ?? '',
        ways: [...(found?.ways ?? [])],
        who: found?.who ?? '',
      }
    }),
    ...moneyFrom(plan),
    ...{ startsOn: plan?.startsOn ?? '', reviewOn: plan?.reviewOn ?? '' },
  }
}

/** A draft of another day, with the decision and the outcomes that count now: nothing typed is lost. */
export function upToDate(draft: TypedPlan, { decision, outcomes }: TypedPlan): TypedPlan {
  const missing = outcomes.filter(
    ({ outcome }) => !draft.outcomes.some((each) => each.outcome === outcome),
  )
  return { ...draft, decision, outcomes: [...draft.outcomes, ...missing] }
}

function moneyFrom(plan: SupportPlan | undefined) {
  const { budget, payment } = plan ?? {}
  return {
    amount: budget ? amountTyped(budget.amount) : '',
    share: budget ? amountTyped(budget.share) : '',
    ...{ per: budget?.per ?? ('week' as const) },
    ...{ agreedOn: budget?.agreedOn ?? '', agreedBy: budget?.agreedBy ?? '' },
    ...{ paymentWay: payment?.way ?? '', paidTo: payment?.paidTo ?? '' },
    ...{ paymentStartsOn: payment?.startsOn ?? '', paymentReviewOn: payment?.reviewOn ?? '' },
  }
}

/** What is sent. An amount that cannot be read counts as −1, which the rules refuse with their message. */
export function planTyped(typed: TypedPlan, offer: boolean): SupportPlanToKeep {
  const { plan, version, assessed, decision, outcomes, startsOn } = typed
  const way = paymentWays.find((each) => each === typed.paymentWay)
  const reviewOn = typed.reviewOn || (startsOn ? lastReviewDay(startsOn) : '')
  return {
    ...{ plan, version, offer, assessed, decision, startsOn, reviewOn },
    outcomes: outcomes.filter(({ how }) => how.trim() !== ''),
    ...(typed.amount.trim() === ''
      ? {}
      : {
          budget: {
            ...{ amount: hundredthsFrom(typed.amount) ?? -1, per: typed.per, currency: 'GBP' },
            ...{ share: hundredthsFrom(typed.share || '0') ?? -1 },
            ...{ agreedOn: typed.agreedOn, agreedBy: typed.agreedBy },
          },
        }),
    ...(way
      ? {
          payment: {
            ...{ way, paidTo: typed.paidTo, startsOn: typed.paymentStartsOn },
            reviewOn: typed.paymentReviewOn,
          },
        }
      : {}),
  }
}
