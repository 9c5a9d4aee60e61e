import { useLingui } from '@lingui/react/macro'

/** The states of a month in words. */
export function useMonthStates(): Readonly<Record<string, string>> {
  const { t } = useLingui()
  return {
    complete: t`Complete`,
    'not-yet': t`Not complete yet`,
    few: t`Fewer than usual`,
  }
}
