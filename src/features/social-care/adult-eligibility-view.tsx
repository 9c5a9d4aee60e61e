import { Trans, useLingui } from '@lingui/react/macro'
import type { AdultEligibility } from '#domain/social-care/needs/adult-eligibility.ts'
import { useAdultOutcomeWords } from '#features/parts/social-care/adult-outcome-words.ts'
import { ConditionMark } from '#features/parts/social-care/condition-mark.tsx'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'

/** What the answers come to under the law, with the reasons and what is missing. A professional decides. */
export function AdultEligibilityView({ found }: Readonly<{ found: AdultEligibility }>) {
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
          <Trans>The needs come from an illness, or from a physical or mental impairment.</Trans>{' '}
          <ConditionMark met={found.cause} />
        </li>
        <li>
          <Trans>At least two of the ten outcomes cannot be achieved.</Trans>{' '}
          <ConditionMark met={found.outcomes} />
          <Unable found={found} />
        </li>
        <li>
          <Trans>
            Because of this there is a significant impact on wellbeing, or one is likely.
          </Trans>{' '}
          <ConditionMark met={found.wellbeing} />
        </li>
      </ol>
      <Missing found={found} />
      <p className="carer-note">
        <Trans>
          Care and Support (Eligibility Criteria) Regulations 2015, regulation 2. These are only the
          answers put together: you decide, and give your reason.
        </Trans>
      </p>
    </section>
  )
}

const stateOf: Readonly<Record<AdultEligibility['outcome'], MarkState>> = {
  meets: 'agreed',
  'does-not-meet': 'failed',
  'cannot-say': 'missing',
}

function Unable({ found: { unable } }: { found: AdultEligibility }) {
  const words = useAdultOutcomeWords()
  if (unable.length === 0) return null
  return (
    <ul>
      {unable.map((each) => (
        <li key={each}>{words[each]}</li>
      ))}
    </ul>
  )
}

function Missing({ found: { missing } }: { found: AdultEligibility }) {
  const { t } = useLingui()
  const words = useAdultOutcomeWords()
  if (missing.length === 0) return null
  const names = {
    ...words,
    cause: t`Where the needs come from`,
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
