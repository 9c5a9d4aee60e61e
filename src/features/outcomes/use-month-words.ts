import { useLingui } from '@lingui/react/macro'

/** A month such as `2026-10` in words. */
export function useMonthWords() {
  const { i18n } = useLingui()
  return (month: string, style: 'long' | 'short' | 'with-year') => {
    const whole = { month: style === 'short' ? 'short' : 'long', timeZone: 'UTC' } as const
    const year = style === 'with-year' ? { year: 'numeric' as const } : {}
    return i18n.date(new Date(`${month}-15T00:00:00Z`), { ...whole, ...year })
  }
}
