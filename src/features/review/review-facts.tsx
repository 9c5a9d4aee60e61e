import { Trans, useLingui } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import {
  type FactChange,
  type HeldReview,
  type ReviewFact,
  type ReviewTopic,
  reviewTopics,
} from '#domain/review/held-review.ts'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import type { FactDraft, ReviewDraft } from './use-review-draft.ts'

function useTopics(): Readonly<Record<ReviewTopic, string>> {
  const { t } = useLingui()
  return {
    moving: t`Stairs and moving about`,
    falls: t`Falls since last time`,
    toilet: t`To the toilet at night`,
    washing: t`Washing and dressing`,
    eating: t`Eating and drinking`,
    'going-out': t`Going out`,
    night: t`Who is there at night`,
    carer: t`How the carer is doing`,
  }
}

type Before = ReviewFact & Readonly<{ at: string }>

/** What was last said about a topic, and when: a topic that was not asked at one review keeps its earlier answer. */
function lastSaid(held: readonly HeldReview[], topic: ReviewTopic): Before | undefined {
  return held
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .flatMap(({ facts, at }) =>
      facts.filter((each) => each.topic === topic).map((each) => ({ ...each, at })),
    )[0]
}

type Props = Readonly<{
  typed: ReviewDraft
  change: (fields: Partial<ReviewDraft>) => void
  held: readonly HeldReview[]
}>

/** Facts of daily life, one at a time: last time left and small, today right and full. Nothing is copied by itself. */
export function ReviewFacts({ typed, change, held }: Props) {
  const topics = useTopics()
  const set = (topic: ReviewTopic, fact: FactDraft | undefined) => {
    const { [topic]: _before, ...others } = typed.facts
    change({ facts: fact ? { ...others, [topic]: fact } : others })
  }
  return (
    <section aria-labelledby="facts-title">
      <h3 id="facts-title">
        <Trans>At home and every day</Trans>
      </h3>
      {reviewTopics.map((topic) => (
        <Fact
          key={topic}
          title={topics[topic]}
          before={lastSaid(held, topic)}
          fact={typed.facts[topic]}
          onSay={(fact) => set(topic, fact)}
        />
      ))}
    </section>
  )
}

type FactProps = Readonly<{
  title: string
  before: Before | undefined
  fact: FactDraft | undefined
  onSay: (fact: FactDraft | undefined) => void
}>

function Fact({ title, before, fact, onSay }: FactProps) {
  return (
    <div className="review-fact">
      <h4>{title}</h4>
      <div className={`review-before ${isChanged(fact) ? 'is-past' : ''}`}>
        {before ? (
          <>
            {before.words}{' '}
            <span className="gable-meta">
              <DateText date={dayHere(before.at)} />
            </span>
          </>
        ) : (
          <Trans>Not asked before</Trans>
        )}
      </div>
      <div>
        {fact ? (
          <Said title={title} before={before} fact={fact} onSay={onSay} />
        ) : (
          <NotAsked title={title} before={before} onSay={onSay} />
        )}
      </div>
    </div>
  )
}

const isChanged = (fact: FactDraft | undefined) =>
  fact !== undefined && fact.change !== 'still-so' && fact.change !== 'first'

function NotAsked({ title, before, onSay }: Omit<FactProps, 'fact'>) {
  const { t } = useLingui()
  if (!before)
    return (
      <Button
        variant="link"
        aria-label={t`Say how it is: ${title}`}
        onClick={() => onSay({ change: 'first', words: '' })}
      >
        <Trans>Say how it is</Trans>
      </Button>
    )
  return (
    <>
      <Button
        variant="outline"
        aria-label={t`Still so: ${title}`}
        onClick={() => onSay({ change: 'still-so', words: before.words })}
      >
        <Trans>Still so</Trans>
      </Button>{' '}
      <Button
        variant="outline"
        aria-label={t`It has changed: ${title}`}
        onClick={() => onSay({ change: 'different', words: '' })}
      >
        <Trans>It has changed</Trans>
      </Button>
      <p>
        <StateMark state="missing">
          <Trans>Not asked yet</Trans>
        </StateMark>
      </p>
    </>
  )
}

const marks: Readonly<Record<FactChange, MarkState>> = {
  'still-so': 'agreed',
  better: 'agreed',
  worse: 'failed',
  different: 'writing',
  first: 'writing',
}

function Said({ title, before, fact, onSay }: FactProps & { fact: FactDraft }) {
  const { t } = useLingui()
  const names: Readonly<Record<FactChange, string>> = {
    'still-so': t`Still so`,
    better: t`Changed: better`,
    worse: t`Changed: worse`,
    different: t`Changed`,
    first: t`Said today`,
  }
  return (
    <>
      {fact.change === 'still-so' ? (
        <p>{fact.words}</p>
      ) : (
        <TextField
          label={t`${title}, today`}
          value={fact.words}
          onChange={(words) => onSay({ ...fact, words })}
        />
      )}
      {before && fact.change !== 'still-so' ? (
        <Radios
          legend={t`Is that better or worse?`}
          name={`change-${title}`}
          inline
          value={fact.change}
          onChange={(value) =>
            onSay({
              ...fact,
              change: value === 'better' || value === 'worse' ? value : 'different',
            })
          }
          options={[
            { value: 'better', label: t`Better` },
            { value: 'worse', label: t`Worse` },
            { value: 'different', label: t`Neither` },
          ]}
        />
      ) : null}
      <p>
        <StateMark state={marks[fact.change]}>{names[fact.change]}</StateMark>{' '}
        <Button
          variant="link"
          aria-label={t`Take it back: ${title}`}
          onClick={() => onSay(undefined)}
        >
          <Trans>Take it back</Trans>
        </Button>
      </p>
    </>
  )
}
