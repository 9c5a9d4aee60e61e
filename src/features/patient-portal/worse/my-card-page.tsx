import { Trans, useLingui } from '@lingui/react/macro'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { EmergencyCard } from '#features/parts/emergency-card/emergency-card.tsx'
import { useMyHouse } from '#features/patient-portal/use-my-house.ts'

/** The person’s own emergency cards: made, listed, replaced and ended. */
export function MyCardPage() {
  const { t } = useLingui()
  const { house, isCarer } = useMyHouse()
  return (
    <div className="my-page">
      <title>{t`My emergency card · Gable`}</title>
      <BackToHouse isOwn={!isCarer} />
      <h1 tabIndex={-1}>{isCarer ? t`Emergency card` : t`My emergency card`}</h1>
      {isCarer || house.died ? (
        <p className="my-missing">
          <Trans>Only the person whose plan it is, or their care team, can make a card.</Trans>
        </p>
      ) : (
        <EmergencyCard person={house.person} givenName={house.givenName} isOwn />
      )}
    </div>
  )
}
