import type { Who } from '#domain/plan/plan.ts'
import { CarerIllCard } from '#features/parts/worse/carer-ill-card.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'

/** What happens when a carer is ill: the carer’s own, or those of the person. `now`: only carers who are ill now. */
export function MyCarersDay({ mine, now = false }: { mine: MyHouse; now?: boolean }) {
  const { house, isCarer, me } = mine
  const carers = isCarer
    ? [me]
    : house.team.map(({ who }) => who).filter(({ voice }) => voice === 'carer')
  const isIll = ({ reference }: Who) =>
    house.illnesses.some((each) => each.carer.reference === reference && !each.isOver)
  return carers
    .filter((carer) => !now || isIll(carer))
    .map((carer, place) => (
      <CarerIllCard
        key={carer.reference}
        house={house}
        carer={carer}
        isSelf={carer.reference === me.reference}
        mayWrite
        isListed={place > 0}
      />
    ))
}
