import { useLingui } from '@lingui/react/macro'
import type {
  riskOutcomes,
  SafeguardingConsent,
  SafeguardingDecision,
  SafeguardingState,
  wishOutcomes,
} from '#domain/social-care/safeguarding.ts'

/** The words of a safeguarding concern and its enquiry. */
export function useSafeguardingWords() {
  const { t } = useLingui()
  const consents: Readonly<Record<SafeguardingConsent, string>> = {
    given: t`Yes`,
    refused: t`They do not want it`,
    'not-asked': t`Nobody could ask`,
  }
  const states: Readonly<Record<SafeguardingState, string>> = {
    'to-decide': t`To be decided`,
    enquiry: t`Enquiry`,
    'no-enquiry': t`No enquiry`,
    closed: t`Closed`,
  }
  const decisions: Readonly<Record<SafeguardingDecision, string>> = {
    enquiry: t`Enquiry under section 42`,
    'other-enquiry': t`Another enquiry, without the duty`,
    'no-enquiry': t`No enquiry`,
  }
  const risks: Readonly<Record<(typeof riskOutcomes)[number], string>> = {
    removed: t`The risk is gone`,
    reduced: t`The risk is smaller`,
    remains: t`The risk remains`,
    'none-found': t`No risk was found`,
  }
  const wishes: Readonly<Record<(typeof wishOutcomes)[number], string>> = {
    fully: t`What the person wanted was reached`,
    partly: t`It was reached in part`,
    not: t`It was not reached`,
    'not-said': t`They did not say, or could not be asked`,
  }
  return { consents, states, decisions, risks, wishes }
}
