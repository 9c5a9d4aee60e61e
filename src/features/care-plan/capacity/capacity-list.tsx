import { Trans, useLingui } from '@lingui/react/macro'
import type { CapacityDecisions } from '#client/queries/answer/capacity-decisions.ts'
import type { Ability, BestInterestsRecord, CapacityRecord } from '#domain/agreement/capacity.ts'
import { WhenText } from '#features/care-plan/components/when-text.tsx'

/** What was found, decided and why, by whom; all of it stays. */
export function CapacityList(props: Readonly<{ decisions: CapacityDecisions; name: string }>) {
  const { decisions, name } = props
  return (
    <>
      {decisions.capacity.map((record) => (
        <Finding key={record.id} record={record} name={name} />
      ))}
      {decisions.bestInterests.map((record) => (
        <Decision key={record.id} record={record} />
      ))}
    </>
  )
}

export function useAbilityWords(): Readonly<Record<Ability, string>> {
  const { t } = useLingui()
  return {
    understand: t`Understand what it is about`,
    retain: t`Keep it in mind long enough to decide`,
    weigh: t`Weigh it up`,
    communicate: t`Say what they decide, in any way`,
  }
}

function Finding({ record, name }: Readonly<{ record: CapacityRecord; name: string }>) {
  const words = useAbilityWords()
  const { hasCapacity, impairment, unable, because, support, reasons, reviewOn } = record
  return (
    <section className="gable-section">
      <h2>
        {hasCapacity ? (
          <Trans>{name} can decide this</Trans>
        ) : (
          <Trans>{name} cannot decide this</Trans>
        )}
      </h2>
      <p>{record.decision}</p>
      <dl className="gable-facts">
        <Fact term={<Trans>What is the matter with mind or brain</Trans>} text={impairment} />
        <Fact
          term={<Trans>Cannot, even with help</Trans>}
          text={unable.map((each) => words[each]).join(', ')}
        />
        <Fact term={<Trans>Because of it</Trans>} text={because} />
        <Fact term={<Trans>What was done to help</Trans>} text={support} />
        <Fact term={<Trans>Reasons</Trans>} text={reasons} />
      </dl>
      <p className="gable-meta">
        {record.by.name}, <WhenText at={record.at} />
        {reviewOn ? (
          <>
            {' · '}
            <Trans>
              to be looked at again on <WhenText at={reviewOn} />
            </Trans>
          </>
        ) : null}
      </p>
    </section>
  )
}

function Decision({ record }: Readonly<{ record: BestInterestsRecord }>) {
  return (
    <section className="gable-section">
      <h2>
        <Trans>Decided in the person’s best interests</Trans>
      </h2>
      <p>{record.decided}</p>
      <dl className="gable-facts">
        <Fact term={<Trans>What the person wishes and feels</Trans>} text={record.wishes} />
        <Fact term={<Trans>Who was asked, and what they said</Trans>} text={record.consulted} />
        <Fact term={<Trans>Independent mental capacity advocate</Trans>} text={record.imca} />
        <Fact term={<Trans>Why</Trans>} text={record.why} />
      </dl>
      <p className="gable-meta">
        {record.by.name}, <WhenText at={record.at} />
      </p>
    </section>
  )
}

function Fact({ term, text }: Readonly<{ term: React.ReactNode; text: string }>) {
  if (!text) return null
  return (
    <>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </>
  )
}
