import { useLingui } from '@lingui/react/macro'
import type {
  PaymentWay,
  ReviewKind,
  SupportPlanState,
  WayToMeet,
} from '#domain/social-care/support-plan.ts'
import { useCarerOutcomeWords } from '#features/parts/carers/carer-labels.ts'
import { useAdultOutcomeWords } from './adult-outcome-words.ts'

/** What stands in a support plan, in plain words. */
export function useSupportWords() {
  const { t, i18n } = useLingui()
  const adult: Readonly<Record<string, string>> = useAdultOutcomeWords()
  const carer: Readonly<Record<string, string>> = useCarerOutcomeWords()
  const ways: Readonly<Record<WayToMeet, string>> = {
    'own-strength': t`Own strength`,
    carer: t`Family or friends`,
    community: t`Places and people nearby`,
    'paid-care': t`Paid care`,
  }
  const payments: Readonly<Record<PaymentWay, string>> = {
    bank: t`Into a bank account`,
    card: t`On a card`,
    'third-party': t`To somebody who looks after the money`,
  }
  const reviews: Readonly<Record<ReviewKind, string>> = {
    light: t`Early look: does it work?`,
    full: t`Review of the plan`,
    payment: t`Review of the direct payment`,
  }
  const states: Readonly<Record<SupportPlanState, string>> = {
    draft: t`Being written`,
    offered: t`Waits for the person’s answer`,
    agreed: t`Agreed`,
    'not-agreed': t`Not like this`,
    ended: t`Ended`,
  }
  return {
    ...{ ways, payments, reviews, states },
    outcome: (assessed: 'adult' | 'carer', code: string) =>
      (assessed === 'adult' ? adult : carer)[code] ?? code,
    /** an amount in hundredths */
    money: (hundredths: number, currency: string) =>
      i18n.number(hundredths / 100, { style: 'currency', currency }),
    per: { week: t`a week`, year: t`a year` },
  }
}
