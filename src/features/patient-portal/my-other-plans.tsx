import { Trans, useLingui } from '@lingui/react/macro'
import { DayText } from './day-text.tsx'
import type { MyHouse } from './use-my-house.ts'

/** Plans of other places that stand on the record, with their goals; the house is the one that is lived by. */
export function MyOtherPlans({ mine: { house } }: { mine: MyHouse }) {
  const { t } = useLingui()
  if (house.otherPlans.length === 0) return null
  return (
    <section aria-labelledby="other-plans-title">
      <h2 id="other-plans-title">
        <Trans>Other plans on the record</Trans>
      </h2>
      <p>
        <Trans>The house above is the current plan. There are also these plans.</Trans>
      </p>
      <ul className="my-list">
        {house.otherPlans.map(({ id, title, ended, since, goals }) => (
          <li key={id} className="my-card">
            <b>{title || t`Plan with no title`}</b>
            <p className="my-small">
              {ended ? <Trans>This one has ended.</Trans> : null}{' '}
              {since ? (
                <>
                  <Trans>Since</Trans> <DayText at={since} />
                </>
              ) : null}
            </p>
            {goals.map((words) => (
              <p key={words}>{words}</p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
