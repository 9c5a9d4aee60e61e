import { Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import { wordChanges } from '#domain/merge/word-changes.ts'
import type { PlanSentence } from '#domain/plan/versions/plan-sentences.ts'
import { sentenceNow } from '#domain/suggestion/sentence-now.ts'
import type { SuggestionBetween, SuggestionState } from '#domain/suggestion/suggestions-between.ts'
import { DecisionText } from '#features/parts/suggestions/decision-text.tsx'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { ChangedPhrases } from './changed-phrases.tsx'
import { RowAuthor } from './row-author.tsx'
import { sentenceLabels } from './sentence-labels.ts'
import { useMomentText, useNameOf, type VersionReader } from './version-reader.ts'

type RowProps = Readonly<{
  reader: VersionReader
  suggestion: SuggestionBetween
  /** the sentence that it is for, if this reader is shown it */
  about: PlanSentence | undefined
  isNew: boolean
}>

/** Words that somebody suggested: for which sentence, by whom, why, and what was decided by whom. */
export function SuggestionRow({ reader, suggestion, about, isNew }: RowProps) {
  const { i18n } = useLingui()
  const titleId = useId()
  const { change } = suggestion
  const spans = wordChanges(change.baseWords, change.words)
  const isPersons = change.owner?.voice === 'person'
  return (
    <li className="plan-diff plan-diff--suggested" aria-labelledby={titleId}>
      <div className="plan-diff__kind">
        <StateMark state="writing" className="plan-diff__mark">
          <Trans>Suggested</Trans>
        </StateMark>
        <p className="gable-meta" id={titleId}>
          {about ? (
            <Trans>Suggested for: {i18n._(sentenceLabels[about.kind])}</Trans>
          ) : (
            <Trans>Suggested for a sentence that is not shown here</Trans>
          )}
        </p>
        {isNew ? (
          <StateMark state="new">
            <Trans>New to you</Trans>
          </StateMark>
        ) : null}
      </div>
      <div className="plan-diff__cell">
        <span className="plan-diff__when">
          <Trans>It said</Trans>
        </span>
        {change.baseWords ? (
          <p className={`plan-diff__words is-old ${isPersons ? 'is-own' : ''}`}>
            <ChangedPhrases spans={spans} without="added" />
          </p>
        ) : (
          <p className="plan-diff__nothing">
            <Trans>Nothing was said about this</Trans>
          </p>
        )}
      </div>
      <div className="plan-diff__cell plan-diff__offer">
        <span className="plan-diff__when">
          <Trans>Suggested words</Trans>
        </span>
        <p className="plan-diff__words">
          <ChangedPhrases spans={spans} without="removed" />
        </p>
        {change.why ? (
          <p className="gable-meta">
            <Trans>Because: “{change.why}”</Trans>
          </p>
        ) : null}
      </div>
      <div className="plan-diff__who">
        <SuggestedBy reader={reader} suggestion={suggestion} />
        <Decided reader={reader} suggestion={suggestion} />
      </div>
    </li>
  )
}

type Of = Pick<RowProps, 'reader' | 'suggestion'>

function SuggestedBy({ reader, suggestion: { change } }: Of) {
  const nameOf = useNameOf(reader)
  const moment = useMomentText()
  const name = nameOf(change.by)
  return (
    <RowAuthor name={name} voice={change.by.voice}>
      <bdi>{moment(change.at)}</bdi>
    </RowAuthor>
  )
}

const marks: Readonly<Record<SuggestionState, MarkState>> = {
  ...({ waiting: 'due', taken: 'agreed', changed: 'agreed' } as const),
  ...({ declined: 'failed', withdrawn: 'missing' } as const),
}

function Decided({ reader, suggestion: { change, state } }: Of) {
  const { t } = useLingui()
  const nameOf = useNameOf(reader)
  const moment = useMomentText()
  const owner = sentenceNow(reader.house, change.record, change.place)?.owner ?? change.owner
  const name = nameOf(owner)
  const isMine = owner?.reference === reader.me
  const by = change.decision
    ? { ...change.decision.by, name: nameOf(change.decision.by) }
    : undefined
  const words = {
    waiting: isMine ? t`Waits for you` : t`Waits for ${name}`,
    taken: t`Accepted`,
    changed: t`Accepted in other words`,
    declined: t`Declined`,
    withdrawn: t`Withdrawn`,
  }
  return (
    <div>
      <StateMark state={marks[state]}>{words[state]}</StateMark>
      {state === 'waiting' || state === 'withdrawn' || !change.decision || !by ? null : (
        <p className="gable-meta">
          <DecisionText change={{ ...change, decision: { ...change.decision, by } }} />{' '}
          <bdi>{moment(change.decision.at)}</bdi>
        </p>
      )}
    </div>
  )
}
