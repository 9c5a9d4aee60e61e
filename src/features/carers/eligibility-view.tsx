import { Trans, useLingui } from '@lingui/react/macro'
import type { CarerEligibility } from '#domain/carer/eligibility.ts'
import { useCarerOutcomeWords } from '#features/parts/carers/carer-labels.ts'
import { ConditionMark } from '#features/parts/social-care/condition-mark.tsx'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'

/** What the answers come to under the law, with the reasons and what is missing. A professional decides. */
export function EligibilityView({ found }: Readonly<{ found: CarerEligibility }>) {
  const { t } = useLingui()
  return (
    <section className="gable-section" aria-label={t`What the answers come to`}>
      <h3>
        <Trans>What the answers come to</Trans>
      </h3>
      <p>
        <StateMark state={stateOf[found.outcome]}>
          {found.outcome === 'meets'
            ? t`All three conditions are met`
            : found.outcome === 'does-not-meet'
              ? t`Not all three conditions are met`
              : t`This cannot be said yet`}
        </StateMark>
      </p>
      <ol>
        <li>
          <Trans>The needs come from care that is necessary.</Trans>{' '}
          <ConditionMark met={found.caring} />
        </li>
        <li>
          <Trans>Health is at risk, or an outcome cannot be achieved.</Trans>{' '}
          <ConditionMark met={found.effect} />
          <Effect found={found} />
        </li>
        <li>
          <Trans>There is a significant impact on wellbeing, or one is likely.</Trans>{' '}
          <ConditionMark met={found.wellbeing} />
        </li>
      </ol>
      <Missing found={found} />
      <p className="carer-note">
        <Trans>
          Care and Support (Eligibility Criteria) Regulations 2015, regulation 3. These are only the
          answers put together: you decide, and give your reason.
        </Trans>
      </p>
    </section>
  )
}

const stateOf: Readonly<Record<CarerEligibility['outcome'], MarkState>> = {
  meets: 'agreed',
  'does-not-meet': 'failed',
  'cannot-say': 'missing',
}

function Effect({ found: { healthAtRisk, unable } }: { found: CarerEligibility }) {
  const words = useCarerOutcomeWords()
  if (!healthAtRisk && unable.length === 0) return null
  return (
    <ul>
      {healthAtRisk ? (
        <li>
          <Trans>Health is at risk</Trans>
        </li>
      ) : null}
      {unable.map((each) => (
        <li key={each}>{words[each]}</li>
      ))}
    </ul>
  )
}

function Missing({ found: { missing } }: { found: CarerEligibility }) {
  const { t } = useLingui()
  const words = useCarerOutcomeWords()
  if (missing.length === 0) return null
  const names = {
    ...words,
    necessary: t`Whether the care is necessary`,
    health: t`Whether health is at risk`,
    wellbeing: t`The impact on wellbeing`,
  }
  return (
    <>
      <p className="carer-label">
        <Trans>Still to ask</Trans>
      </p>
      <ul>
        {missing.map((each) => (
          <li key={each}>{names[each]}</li>
        ))}
      </ul>
    </>
  )
}
