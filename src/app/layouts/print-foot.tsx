import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSession } from '#client/session/session.ts'
import { useDayText } from '#ui/text/use-day-text.ts'

/** At the foot of each printed page: whose it is, and when it was printed. `@page` in `_print.scss` shows it. */
export function PrintFoot({ whose }: Readonly<{ whose?: string | undefined }>) {
  const { t } = useLingui()
  const day = useDayText()(clockToday())
  const by = useSession(({ actor }) => actor?.name)
  const words = whose ? t`${whose} · printed on ${day}` : t`Printed by ${by} on ${day}`
  const name = whose ? '--gable-print-whose' : '--gable-print-by'
  useEffect(() => {
    const { style } = document.documentElement
    style.setProperty(name, JSON.stringify(words))
    return () => void style.removeProperty(name)
  }, [name, words])
  return null
}
