import { useLingui } from '@lingui/react/macro'
import type { MeasureUnit } from '#domain/outcome/measure-definition.ts'

/** How a value of a measure is written, with its unit. */
export function useValueWords(unit: MeasureUnit): (value: number) => string {
  const { t, i18n } = useLingui()
  return (value) => {
    const number = i18n.number(value, { maximumFractionDigits: unit === 'percent' ? 0 : 1 })
    if (unit === 'percent') return t`${number}%`
    if (unit === 'per-100') return t`${number} of 100`
    if (unit === 'per-1000') return t`${number} of 1,000`
    return unit === 'days' ? t`${number} days` : number
  }
}
