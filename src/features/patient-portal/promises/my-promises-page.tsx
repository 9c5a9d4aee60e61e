import { Trans, useLingui } from '@lingui/react/macro'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { PromiseLedger } from '#features/parts/promises/promise-ledger.tsx'
import { useMyHouse } from '#features/patient-portal/use-my-house.ts'

/** What was promised to me: by whom, by when, and how it came out. */
export function MyPromisesPage() {
  const { t } = useLingui()
  const mine = useMyHouse()
  const { house, day, isCarer, hidden } = mine
  const title = isCarer ? t`What was promised to ${house.givenName}` : t`What was promised to me`
  return (
    <div className="my-page">
      <title>{`${title} · Gable`}</title>
      <BackToHouse />
      <h1 tabIndex={-1}>{title}</h1>
      {hidden.includes('conversation') ? (
        <p className="my-missing">
          <Trans>
            {house.givenName} has not shared this with you. You can ask {house.givenName}.
          </Trans>
        </p>
      ) : (
        <PromiseLedger house={house} day={day} />
      )}
    </div>
  )
}
