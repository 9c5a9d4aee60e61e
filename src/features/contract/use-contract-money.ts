import { useLingui } from '@lingui/react/macro'

/** An amount of whole pence, to the penny. */
export function useContractMoney() {
  const { i18n } = useLingui()
  return (pence: number, currency: string) =>
    i18n.number(pence / 100, { style: 'currency', currency, minimumFractionDigits: 2 })
}
