import { useLingui } from '@lingui/react/macro'
import { changeables } from '#domain/stratification/changeable.ts'
import { Chip } from '#ui/layout/chip.tsx'
import { changeableLabels } from './changeable-labels.ts'

/** What could be changed for somebody, always in the same order; nothing if nothing was found. */
export function ChangeableChips({ changeable }: Readonly<{ changeable: readonly string[] }>) {
  const { t } = useLingui()
  const found = changeables.filter((each) => changeable.includes(each))
  if (found.length === 0) return null
  return (
    <ul aria-label={t`What could be changed`}>
      {found.map((each) => (
        <li key={each}>
          <Chip {...(each === 'comfort-first' ? { tone: 'warning' } : {})}>
            {t(changeableLabels[each])}
          </Chip>
        </li>
      ))}
    </ul>
  )
}
