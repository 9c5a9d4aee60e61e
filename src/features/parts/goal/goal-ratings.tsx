import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { rateGoal } from '#client/queries/goals/goal-answers.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { type Rating, type RatingKind, ratingBefore, ratingsOf } from '#domain/goal/said/rating.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { type GoalReader, personIn } from './goal-reader.ts'
import { useMonthOf } from './use-month-of.ts'

/** How important the goal is to the person, and how confident they feel: 0 to 10, now and before. */
export function GoalRatings({ reader, goal }: { reader: GoalReader; goal: Goal }) {
  return (
    <div className="goal-ratings">
      <OneRating reader={reader} goal={goal} kind="goal-importance" />
      <OneRating reader={reader} goal={goal} kind="goal-confidence" />
    </div>
  )
}

function useQuestion({ house, me }: GoalReader) {
  const { t } = useLingui()
  const { givenName } = house
  return (kind: RatingKind) => {
    if (me.voice === 'person')
      return kind === 'goal-importance'
        ? t`How important is this to me?`
        : t`How sure am I that I can do it?`
    return kind === 'goal-importance'
      ? t`How important is this to ${givenName}?`
      : t`How confident does ${givenName} feel?`
  }
}

type OneProps = Readonly<{ reader: GoalReader; goal: Goal; kind: RatingKind }>

function OneRating({ reader, goal, kind }: OneProps) {
  const [open, setOpen] = useState(false)
  const question = useQuestion(reader)(kind)
  const history = ratingsOf(reader.house.ratings, goal.id, kind)
  const [now] = history
  const maySay = reader.mayWrite && reader.me.voice !== 'carer'
  return (
    <div className="goal-rating">
      <p className="goal-rating__title">{question}</p>
      {now ? <Now rating={now} before={ratingBefore(history)} /> : <NotYet />}
      {history.length > 1 ? <History ratings={history} /> : null}
      {open ? (
        <RatingForm {...{ reader, goal, kind, question }} onDone={() => setOpen(false)} />
      ) : maySay ? (
        <Button variant="link" onClick={() => setOpen(true)}>
          {now ? <Trans>Say it again today</Trans> : <Trans>Say a number</Trans>}
          <span className="nhsuk-u-visually-hidden">: {question}</span>
        </Button>
      ) : null}
    </div>
  )
}

const NotYet = () => (
  <p className="goal-missing">
    <Trans>Not said yet</Trans>
  </p>
)

function Now({ rating, before }: { rating: Rating; before: Rating | undefined }) {
  const monthOf = useMonthOf()
  const { value, writtenDownBy } = rating
  return (
    <>
      <p className="goal-rating__value">
        <b>
          <Trans>{value} out of 10</Trans>
        </b>
        {before ? (
          <>
            {', '}
            <Trans>
              was {before.value} in {monthOf(before.at)}
            </Trans>
          </>
        ) : null}
      </p>
      <p className="gable-meta">
        <DateText date={rating.at} />
        {writtenDownBy ? (
          <>
            {' '}
            · <Trans>Written down by {writtenDownBy.name}</Trans>
          </>
        ) : null}
      </p>
    </>
  )
}

function History({ ratings }: { ratings: readonly Rating[] }) {
  return (
    <details className="goal-history">
      <summary>
        <Trans>All answers</Trans>
      </summary>
      <ul>
        {ratings.map((each) => (
          <li key={each.id}>
            <DateText date={each.at} />: <Trans>{each.value} out of 10</Trans>
          </li>
        ))}
      </ul>
    </details>
  )
}

const numbers = Array.from({ length: 11 }, (_none, at) => String(at))

function RatingForm(props: OneProps & Readonly<{ question: string; onDone: () => void }>) {
  const { t } = useLingui()
  const { reader, goal, kind, question, onDone } = props
  const { house } = reader
  const [id] = useState(() => crypto.randomUUID())
  const [value, setValue, clear] = useDraft(`${kind}:${goal.id}`, '')
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const send = async () => {
    setTried(true)
    if (value === '') return
    const { person } = house
    const by = personIn(house)
    const done = await saving.run(() =>
      rateGoal({ id, person, by, goal: goal.id, kind, value: Number(value) }),
    )
    if (!done) return
    clear()
    onDone()
  }
  return (
    <div className="goal-form">
      <SelectField
        label={question}
        hint={
          reader.me.voice === 'professional'
            ? t`From 0, not at all, to 10, very much. Write down the number that ${house.givenName} says: you are named.`
            : t`From 0, not at all, to 10, very much.`
        }
        value={value}
        onChange={setValue}
        error={tried && value === '' ? t`Choose a number` : undefined}
        options={[
          { value: '', label: t`Choose a number` },
          ...numbers.map((each) => ({ value: each, label: each })),
        ]}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void send()}
        onCancel={() => {
          clear()
          onDone()
        }}
      />
    </div>
  )
}
