import { useLingui } from '@lingui/react/macro'
import { type CycleFault, mostTriedLetters } from '#domain/outcome/cycle/cycle-fault.ts'

type CycleField =
  | 'tried'
  | 'hoped'
  | 'measure'
  | 'from'
  | 'places'
  | 'happened'
  | 'decidedOn'
  | 'until'

/** What is wrong, at the field that it is wrong in. */
export function useCycleErrors(fault: CycleFault | undefined): Partial<Record<CycleField, string>> {
  const { t } = useLingui()
  const tooLong = t`That is too long. Please shorten it.`
  const all: Readonly<Record<CycleFault, readonly [CycleField, string]>> = {
    'no-tried': ['tried', t`Say what you tried`],
    'long-tried': ['tried', t`Use ${mostTriedLetters} characters at most`],
    'no-hoped': ['hoped', t`Say what you hoped`],
    'long-hoped': ['hoped', tooLong],
    'figure-alone': ['measure', t`Choose the measure that the figure is of`],
    'no-from': ['from', t`Give the day on which it began`],
    'from-later': ['from', t`It cannot have begun in the future`],
    'not-own': ['places', t`Your own organisation must be one of them`],
    'long-happened': ['happened', tooLong],
    'no-happened': ['happened', t`Say what happened, so that others learn from it`],
    'no-decided': ['decidedOn', t`Give the day of the decision`],
    'decided-before': ['decidedOn', t`It cannot have been decided before it began`],
    'decided-later': ['decidedOn', t`It cannot have been decided in the future`],
    'no-until': ['until', t`Give the day until which it goes on`],
    'until-before': ['until', t`It must be after the day of the decision`],
  }
  if (!fault) return {}
  const [field, words] = all[fault]
  return { [field]: words }
}
