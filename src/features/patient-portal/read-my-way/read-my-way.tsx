import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { setTextSize, useTextSize } from '#client/session/text-size.ts'
import { Button } from '#ui/layout/button.tsx'

/** The other forms of the same plan: bigger words, pictures, paper. */
export function ReadMyWay({ isCarer }: Readonly<{ isCarer: boolean }>) {
  const isLarge = useTextSize(({ value }) => value === 'large')
  return (
    <section className="my-read-way" aria-labelledby="read-way-title">
      <h2 id="read-way-title">
        {isCarer ? <Trans>Read it your way</Trans> : <Trans>Read it my way</Trans>}
      </h2>
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
      </ul>
    </section>
  )
}
