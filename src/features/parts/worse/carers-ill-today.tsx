import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'

/** At the top of the plan: a carer is ill today, and the way to what was set off. */
export function CarersIllToday({ house, root }: Readonly<{ house: HouseRecord; root: string }>) {
  if (house.died) return null
  return house.illnesses
    .filter(({ isOver }) => !isOver)
    .map(({ id, carer }) => (
      <p key={id}>
        <StateMark state="due">
          <Trans>{carer.name} is ill today.</Trans>
        </StateMark>{' '}
        <Link to={`${root}/roof#carer-ill`}>
          <Trans>See who steps in</Trans>
        </Link>
      </p>
    ))
}
