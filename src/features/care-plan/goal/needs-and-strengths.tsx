import { Trans } from '@lingui/react/macro'
import { type HouseRecord, openNeeds, strengths } from '#domain/plan/house/house.ts'
import { NeedLine, NewNeed } from '#features/care-plan/components/need-line.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import './needs.scss'

/** Health and social needs side by side with what the person can build on. */
export function NeedsAndStrengths({ house }: { house: HouseRecord }) {
  const needs = openNeeds(house)
  const strong = strengths(house)
  return (
    <div className="needs-columns">
      <section aria-labelledby="needs-title" className="gable-section">
        <h2 id="needs-title">
          <Trans>Needs and worries</Trans>
        </h2>
        {needs.map((need) => (
          <NeedLine key={need.id} house={house} need={need} />
        ))}
        <NewNeed house={house} />
      </section>
      <section aria-labelledby="strengths-title" className="gable-section">
        <h2 id="strengths-title">
          <Trans>Strengths</Trans>
        </h2>
        {strong.length === 0 ? <EmptyState title={<Trans>Not said yet</Trans>} /> : null}
        {strong.map((need) => (
          <NeedLine key={need.id} house={house} need={need} />
        ))}
        <NewNeed house={house} kind="strength" />
      </section>
    </div>
  )
}
