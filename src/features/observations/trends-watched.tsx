import { Trans } from '@lingui/react/macro'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type Observations, watchTrend } from '#client/queries/monitoring/observations.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { type TrendStand, trendStand, type WatchedTrend } from '#domain/trend/find-trends.ts'
import { currentTrendRule, type TrendRule, trendRuleCodes } from '#domain/trend/trend-rules.ts'
import { TrendRuleWords } from '#features/parts/alerts/trend-words.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type TrendsWatchedProps = Readonly<{ plan: Plan; data: Observations }>

/** The rules about trends: which are agreed in the plan, how things stand with each, and where its numbers are from. */
export function TrendsWatched({ plan, data }: TrendsWatchedProps) {
  return (
    <Card title={<Trans>Watch for a trend</Trans>}>
      <ul className="gable-list trends-watched">
        {trendRuleCodes.map((code) => {
          const watched = data.trends.find(({ rule }) => rule.code === code)
          const rule = watched?.rule ?? currentTrendRule(code)
          return rule ? (
            <li key={code}>
              <OneTrend {...{ plan, data, rule, watched }} />
            </li>
          ) : null
        })}
      </ul>
      <UnverifiedMark what="trend-rules" />
      <UnverifiedMark what="alert-answer-time" />
    </Card>
  )
}

type OneTrendProps = TrendsWatchedProps &
  Readonly<{ rule: TrendRule; watched: WatchedTrend | undefined }>

function OneTrend({ plan, data, rule, watched }: OneTrendProps) {
  const saving = useSaveState()
  const turn = async () => {
    if (await saving.run(() => watchTrend(plan, rule.code, watched === undefined)))
      toast(<Trans>Saved in the plan. The person is asked to agree again.</Trans>)
  }
  return (
    <>
      <p>
        <strong>
          <TrendRuleWords rule={rule} />
        </strong>
      </p>
      {watched ? (
        <>
          <p>
            <StandWords
              rule={rule}
              stand={trendStand(data.readings, watched, { today: clockToday(), zone: data.zone })}
            />
          </p>
          {watched.since ? (
            <p className="gable-meta">
              <Trans>
                Agreed on <DateText date={watched.since} />, version {rule.version}
              </Trans>
            </p>
          ) : null}
        </>
      ) : (
        <p className="gable-meta">
          <Trans>Not agreed: nobody is told of it.</Trans>
        </p>
      )}
      <details>
        <summary>
          <Trans>Where the numbers are from</Trans>
        </summary>
        <p>{rule.source}</p>
        <p className="gable-meta">
          {rule.basis === 'own' ? <Trans>Our own number.</Trans> : <Trans>Published.</Trans>}
        </p>
      </details>
      <SaveNote saving={saving} />
      <Button variant="link" pending={saving.pending} onClick={() => void turn()}>
        {watched ? <Trans>No longer watch for this</Trans> : <Trans>Watch for this</Trans>}
        <span className="nhsuk-u-visually-hidden">
          {': '}
          <TrendRuleWords rule={rule} />
        </span>
      </Button>
    </>
  )
}

function StandWords({ rule, stand }: Readonly<{ rule: TrendRule; stand: TrendStand }>) {
  const { has, needs } = stand
  const { days } = rule.shape
  if (stand.is === 'found') return <Trans>It is so now.</Trans>
  if (stand.is === 'quiet') return <Trans>Not so, by the readings of the last {days} days.</Trans>
  return (
    <Trans>
      Not known: {has} readings in the last {days} days, and the rule needs {needs}. That is not
      good news.
    </Trans>
  )
}
