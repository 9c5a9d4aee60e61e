import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { useHouse } from '#features/care-plan/use-house.ts'
import { PromiseLedger } from '#features/parts/promises/promise-ledger.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'

/** Every promise to the person: by whom, by when, and how it came out. */
export function PromisesPage() {
  const { t } = useLingui()
  const { house, day, root } = useHouse()
  return (
    <div className="gable-plan">
      <PageHeading title={t`Promises to ${house.givenName}`} />
      <p>
        <Link to={root}>
          <Trans>Back to the house</Trans>
        </Link>
      </p>
      <PromiseLedger house={house} day={day} />
    </div>
  )
}
