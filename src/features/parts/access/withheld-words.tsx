import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { consentQueries } from '#client/queries/consent/consents.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'

/** Tells the person that something is hidden from them, as far as they may know; never what. */
export function WithheldWords({ house }: { house: HouseRecord }) {
  const { data: isWithheld } = useQuery(consentQueries.isWithheld(house.person))
  const coordinator = house.caseOfPlan?.coordinator?.name
  if (!isWithheld) return null
  return (
    <p>
      <b>
        {coordinator ? (
          <Trans>Something in your record is hidden from you for now. Ask {coordinator} why.</Trans>
        ) : (
          <Trans>Something in your record is hidden from you for now. Ask your team why.</Trans>
        )}
      </b>
    </p>
  )
}
