import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { setTextSize, useTextSize } from '#client/session/text-size.ts'
import { isEmptyCrisis } from '#domain/plan/crisis/crisis-plan.ts'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'
import { Button } from '#ui/layout/button.tsx'

/** What people look for first, in one row: bigger words, other forms of the same plan, the card, the crisis plan. */
export function ReadMyWay({ mine: { house, isCarer } }: { mine: MyHouse }) {
  const { t } = useLingui()
  const isLarge = useTextSize(({ value }) => value === 'large')
  return (
    <nav className="my-read-way" aria-label={t`Shortcuts`}>
      <ul className="my-links">
        <li>
          <Button variant="link" onClick={() => setTextSize(isLarge ? 'usual' : 'large')}>
            {isLarge ? <Trans>Smaller words</Trans> : <Trans>Bigger words</Trans>}
          </Button>
        </li>
        <li>
          <Link to="/my/plan/easy-read">
            <Trans>With pictures</Trans>
          </Link>
        </li>
        <li>
          <Link to="/my/plan/paper">
            <Trans>On paper, or to take away</Trans>
          </Link>
        </li>
        {isCarer || house.died ? null : (
          <li>
            <Link to="/my/card">
              <Trans>My emergency card</Trans>
            </Link>
          </li>
        )}
        {house.crisis && !isEmptyCrisis(house.crisis) ? (
          <li>
            <Link to="/my/roof#crisis">
              <Trans>Crisis plan</Trans>
            </Link>
          </li>
        ) : null}
      </ul>
    </nav>
  )
}
