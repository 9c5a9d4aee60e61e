import { useLingui } from '@lingui/react/macro'

/** Writes an amount with its currency, in whole units: pence say nothing in a sum. */
export function useMoney() {
  const { i18n } = useLingui()
  return (amount: number, currency: string) =>
    i18n.number(amount, { style: 'currency', currency, maximumFractionDigits: 0 })
}
