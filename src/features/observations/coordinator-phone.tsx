import { Trans } from '@lingui/react/macro'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { PhoneLink } from '#ui/text/phone-link.tsx'

/** Whom a person or a carer can ring when the plan does not say: who leads the case, by day; then 111 and 999. */
export function CoordinatorPhone({ house }: { house: HouseRecord }) {
  const coordinator = house.caseOfPlan?.coordinator
  const phone = house.team.find((each) => each.who.reference === coordinator?.reference)?.phone
  return (
    <ul className="gable-list">
      {coordinator && phone ? (
        <li>
          <Trans>
            Daytime, Monday to Friday: call {coordinator.name}, <PhoneLink number={phone} />
          </Trans>
        </li>
      ) : null}
      <li>
        <Trans>
          At any time: call <PhoneLink number="111" />
        </Trans>
      </li>
      <li>
        <Trans>
          In an emergency: call <PhoneLink number="999" />
        </Trans>
      </li>
    </ul>
  )
}
