import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { OwnAmberLimit, StandingOwnAmber } from '#domain/reading/own-amber.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

/** One sign in the words of who wrote it, the same in numbers, and who agreed to it. */
export function OwnAmberWords({ standing: { rule, agreed } }: { standing: StandingOwnAmber }) {
  return (
    <>
      <SaidQuote isPersons={rule.by.voice === 'person'} size="row">
        {rule.words}
      </SaidQuote>
      {rule.limit ? (
        <p>
          <InNumbers limit={rule.limit} />
        </p>
      ) : null}
      <p className="gable-meta">
        <Trans>
          Written by {rule.by.name}, <DateText date={rule.at} />
        </Trans>
        {'. '}
        {agreed ? (
          <Trans>
            {agreed.by.name} agreed to it, <DateText date={agreed.at} />
          </Trans>
        ) : (
          <Trans>No professional has agreed to it yet.</Trans>
        )}
      </p>
    </>
  )
}

function InNumbers({ limit: { kind, below, above, up, days = 0 } }: { limit: OwnAmberLimit }) {
  const words = useReadingLabels()
  const { t } = useLingui()
  const isPair = kind === 'blood-pressure'
  const name = isPair ? t`Blood pressure, upper number,` : words.name(kind)
  const [low, high, rise] = [below, above, up].map((each) =>
    each === undefined ? '' : words.amount(kind, each),
  )
  return (
    <>
      {low ? (
        <Trans>
          {name} below {low}.
        </Trans>
      ) : null}{' '}
      {high ? (
        <Trans>
          {name} above {high}.
        </Trans>
      ) : null}{' '}
      {rise ? (
        <Plural
          value={days}
          one={`${name} up by ${rise} or more within # day.`}
          other={`${name} up by ${rise} or more within # days.`}
        />
      ) : null}
    </>
  )
}
