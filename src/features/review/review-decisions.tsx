import { Trans, useLingui } from '@lingui/react/macro'
import type { HeldReview, ReviewDecision } from '#domain/review/held-review.ts'
import { type ToDecide, undecided } from '#domain/review/to-decide.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import type { DecisionDraft, ReviewDraft } from './use-review-draft.ts'

type Props = Readonly<{
  open: readonly ToDecide[]
  typed: ReviewDraft
  change: (fields: Partial<ReviewDraft>) => void
  tried: boolean
  last: HeldReview | undefined
}>

/** Each open goal, step and promise: it goes on, it is changed, or it ends. */
export function ReviewDecisions({ open, typed, change, tried, last }: Props) {
  if (open.length === 0) return null
  const set = (about: string, made: DecisionDraft) =>
    change({ decisions: { ...typed.decisions, [about]: made } })
  return (
    <section aria-labelledby="decide-title">
      <h3 id="decide-title">
        <Trans>What happens with each goal and promise</Trans>
      </h3>
      {open.map((each) => (
        <Decision
          key={each.about}
          open={each}
          made={typed.decisions[each.about]}
          tried={tried}
          before={last?.decisions.find(({ about }) => about === each.about)}
          onDecide={(made) => set(each.about, made)}
        />
      ))}
    </section>
  )
}

type DecisionProps = Readonly<{
  open: ToDecide
  made: DecisionDraft | undefined
  tried: boolean
  before: ReviewDecision | undefined
  onDecide: (made: DecisionDraft) => void
}>

function useDecisionWords(): Readonly<Record<ReviewDecision['decision'], string>> {
  const { t } = useLingui()
  return { 'goes-on': t`Goes on`, changed: t`Changed`, ended: t`Ended` }
}

const decisions: readonly ReviewDecision['decision'][] = ['goes-on', 'changed', 'ended']

function Decision({ before, ...asked }: DecisionProps) {
  const words = useDecisionWords()
  return (
    <div className="review-decision">
      <div className="review-before">
        {before ? (
          <Trans>
            Last time: {words[before.decision]}. {before.words}
          </Trans>
        ) : (
          <Trans>New since last time</Trans>
        )}
      </div>
      <div>
        <Choice {...asked} />
      </div>
    </div>
  )
}

function Choice({ open, made, tried, onDecide }: Omit<DecisionProps, 'before'>) {
  const { t } = useLingui()
  const words = useDecisionWords()
  const decided = made ? [{ about: open.about, ...made }] : []
  const isMissing = tried && undecided([open], decided).length > 0
  const missing = made ? t`Enter a few words` : t`Choose what happens with this`
  const error = isMissing ? missing : undefined
  const labels = { ended: t`Why it ends`, changed: t`What is different now` }
  const choose = (value: string) =>
    onDecide({
      decision: decisions.find((each) => each === value) ?? 'goes-on',
      words: made?.words ?? '',
    })
  return (
    <>
      <Radios
        legend={open.what}
        name={`decide-${open.about}`}
        inline
        value={made?.decision ?? ''}
        onChange={choose}
        options={decisions.map((each) => ({ value: each, label: words[each] }))}
        error={made ? undefined : error}
      />
      {made && made.decision !== 'goes-on' ? (
        <TextField
          label={labels[made.decision]}
          value={made.words}
          onChange={(typed) => onDecide({ ...made, words: typed })}
          error={error}
        />
      ) : null}
    </>
  )
}
