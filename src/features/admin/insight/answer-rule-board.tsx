import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { answerRuleQueries, switchAnswerRule } from '#client/queries/suggestion/answer-rules.ts'
import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { ChangeAnswerRule } from './change-answer-rule.tsx'
import { MeasureText } from './measure-text.tsx'

/** What became of what the rules on answers suggested, by team; and each rule, which can be switched, or tried in another version. */
export function AnswerRuleBoard() {
  const { t } = useLingui()
  const { data: counts } = useSuspenseQuery(answerRuleQueries.counts())
  return (
    <section className="insight__part" aria-labelledby="answer-rules-title">
      <h2 id="answer-rules-title">
        <Trans>What we learn from suggestions after assessments</Trans>
      </h2>
      {counts.length > 0 ? (
        <div className="gable-scroll">
          <table className="gable-table">
            <caption>
              <Trans>How often each rule was taken and dismissed, and why, by team</Trans>
            </caption>
            <thead>
              <tr>
                <th scope="col">{t`Suggestion`}</th>
                <th scope="col">{t`Team`}</th>
                <th scope="col">{t`Suggested`}</th>
                <th scope="col">{t`Taken`}</th>
                <th scope="col">{t`Dismissed`}</th>
                <th scope="col">{t`Already done`}</th>
                <th scope="col">{t`Not wanted`}</th>
                <th scope="col">{t`Does not fit`}</th>
              </tr>
            </thead>
            <tbody>
              {counts.map((row) => (
                <tr key={`${row.rule} ${row.team}`}>
                  <td>{row.words}</td>
                  <td>{row.team || t`No team`}</td>
                  {[
                    ...[row.suggested, row.taken, row.dismissed],
                    ...[row.done, row.notWanted, row.doesNotFit],
                  ].map((measure, place) => (
                    // the columns stand in a fixed order
                    // biome-ignore lint/suspicious/noArrayIndexKey: their place is what they are
                    <td key={place}>
                      <MeasureText measure={measure} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p>
          <Trans>No rule has suggested anything yet.</Trans>
        </p>
      )}
      <Rules />
    </section>
  )
}

function Rules() {
  const { data: rules } = useSuspenseQuery(answerRuleQueries.all())
  return (
    <details>
      <summary>
        <Trans>All rules on answers, and who changed them</Trans>
      </summary>
      <UnverifiedMark what="answer-rule" />
      <p>
        <Trans>
          A rule holds for everybody here: what you switch or change counts in every organisation.
        </Trans>
      </p>
      <ul className="gable-boxed-rows insight__rows">
        {rules.map((rule) => (
          <li key={rule.code}>
            <b>{rule.words}</b>. <Trans>Because: {rule.because}.</Trans>{' '}
            {rule.isOn ? <Trans>In use.</Trans> : <Trans>Switched off.</Trans>}{' '}
            <Trans>Version {rule.version}</Trans>
            {rule.changedBy ? (
              <>
                {' · '}
                <bdi>{rule.changedBy}</bdi>
              </>
            ) : null}
            <span className="gable-meta"> {rule.source}</span>
            <Switch rule={rule} />
            <ChangeAnswerRule key={rule.version} rule={rule} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Switch({ rule: { code, words, because, isOn } }: { rule: AnswerRule }) {
  const { t } = useLingui()
  // two rules may suggest the same
  const spoken = `${words}, ${because}`
  return (
    <ReasonButton
      draft={`switch-${code}`}
      verb={isOn ? <Trans>Switch off: {words}</Trans> : <Trans>Switch on: {words}</Trans>}
      spoken={isOn ? t`Switch off: ${spoken}` : t`Switch on: ${spoken}`}
      title={isOn ? <Trans>Switch this rule off?</Trans> : <Trans>Switch this rule on?</Trans>}
      label={<Trans>Why, and who agrees</Trans>}
      run={(reason) => switchAnswerRule(code, !isOn, reason)}
      done={() => toast(<Trans>Saved, with your reason.</Trans>)}
    >
      <p>
        <Trans>
          It counts for everybody here, in every organisation. What it suggested before stays in
          each record.
        </Trans>
      </p>
    </ReasonButton>
  )
}
