import { Trans, useLingui } from '@lingui/react/macro'
import { isSuggestedDecision, type MeetingDecision } from '#domain/meeting/team-talk.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { decisionKindLabels } from './labels.ts'

/** What was decided, and what each decision became. */
export function DecisionList({ decisions }: Readonly<{ decisions: readonly MeetingDecision[] }>) {
  const { i18n } = useLingui()
  if (decisions.length === 0)
    return (
      <p className="gable-missing">
        <Trans>Nothing is decided yet</Trans>
      </p>
    )
  return (
    <ul className="meeting-decisions">
      {decisions.map(({ id, kind, words, owner, by, to, dissent }) => (
        <li key={id}>
          <p className="meeting-decisions__words">{words}</p>
          <div>
            <p className="meeting-decisions__kind">
              <span aria-hidden="true">→ </span>
              {i18n._(decisionKindLabels[kind])}
              {to ? <>: {to}</> : null}
            </p>
            <p className="gable-meta">
              <Trans>
                {owner.name}, by <DateText date={by} />
              </Trans>
              {kind === 'plan' || isSuggestedDecision(kind) ? (
                <>
                  {'. '}
                  <Trans>It waits for a yes.</Trans>
                </>
              ) : null}
            </p>
          </div>
          {dissent.map((each) => (
            <p key={each.by} className="meeting-decisions__dissent">
              <Trans>
                {each.by} does not agree: “{each.words}”
              </Trans>
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}
