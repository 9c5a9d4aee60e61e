import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { outsideScoresQuery } from '#client/queries/monitoring/outside-scores.ts'
import { monthsOld } from '#domain/outside-score/months-old.ts'
import { instrumentNamed } from '#domain/outside-score/outside-instrument.ts'
import { monthsUntilOld, type OutsideScore } from '#domain/outside-score/outside-score.ts'
import { Card } from '#ui/layout/card.tsx'
import { Chip } from '#ui/layout/chip.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Scores that somebody else worked out, with their age: what was true then need not be true today. */
export function OutsideScores({ person }: { person: string }) {
  const { t } = useLingui()
  const { data = [] } = useQuery(outsideScoresQuery(person))
  if (data.length === 0) return null
  return (
    <Card title={t`Scores from elsewhere`}>
      <ul className="score__outside">
        {data.map((score) => (
          <li key={score.code}>
            <OneScore score={score} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function OneScore({ score }: { score: OutsideScore }) {
  const { i18n } = useLingui()
  const { name, value, unit, band, day, version, source } = score
  const known = instrumentNamed(name)
  const age = monthsOld(day, clockToday())
  return (
    <>
      <b>
        <bdi>{name}</bdi>: {i18n.number(value, { maximumFractionDigits: 4 })}
        {unit ? ` ${unit}` : ''}
      </b>
      {band ? (
        <>
          {', '}
          <bdi>{band}</bdi>
        </>
      ) : null}{' '}
      {age >= monthsUntilOld ? (
        <Chip tone="warning">
          <Trans>Old</Trans>
        </Chip>
      ) : null}
      <p className="gable-meta">
        <DateText date={day} />
        {', '}
        {age === 0 ? (
          <Trans>less than a month old</Trans>
        ) : (
          <Plural value={age} one="# month old" other="# months old" />
        )}
        {source ? (
          <>
            {'. '}
            <Trans>
              Worked out by <bdi>{source}</bdi>
            </Trans>
          </>
        ) : null}
        {version ? (
          <>
            {', '}
            <Trans>
              version <bdi>{version}</bdi>
            </Trans>
          </>
        ) : null}
        {'. '}
        {known ? (
          <Trans>
            From {known.lowest} to {known.highest}. {known.source}.
          </Trans>
        ) : (
          <Trans>We do not know this score: its name is the sender’s.</Trans>
        )}{' '}
        {known?.licence ? `${known.licence}.` : null}
      </p>
    </>
  )
}
