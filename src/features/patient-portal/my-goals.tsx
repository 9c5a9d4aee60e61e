import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useRecordForm, useSaveState } from '#client/forms/use-record-form.ts'
import { addComment } from '#client/queries/care-plan/comments.ts'
import { saveGoal } from '#client/queries/care-plan/goals.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { commentsAbout, openGoals } from '#domain/plan/house/house.ts'
import { TopGoals } from '#features/parts/goal/top-goals.tsx'
import { GoalDays } from '#features/parts/goal-words/goal-days.tsx'
import { Comma } from '#features/parts/language/comma.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { savedWithUndo } from '#features/parts/undo/saved-with-undo.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { EarlierText } from '#ui/text/earlier-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { DayText } from './day-text.tsx'
import { goalReaderOf } from './goal/my-goal-page.tsx'
import { NotSaved } from './not-saved.tsx'
import { MySuggestChange } from './suggestions/my-suggest-change.tsx'
import type { MyHouse } from './use-my-house.ts'

/** What I want to do: goals in my words, and what is said about them. */
export function MyGoals({ mine }: { mine: MyHouse }) {
  const goals = openGoals(mine.house)
  return (
    <>
      {goals.length === 0 ? (
        <p className="my-missing">
          <Trans>Nothing said yet.</Trans>
        </p>
      ) : null}
      {goals.map((goal) => (
        <OneGoal key={goal.id} mine={mine} goal={goal} />
      ))}
      {mayAdd(mine) ? <OneGoal mine={mine} /> : null}
      <section aria-labelledby="first-title">
        <h2 id="first-title">
          <Trans>What each of us puts first</Trans>
        </h2>
        <TopGoals reader={goalReaderOf(mine)} />
      </section>
    </>
  )
}

/** A goal goes into a plan; a carer who cannot see the plan writes it on the record, where the team finds it. */
const mayAdd = ({ house, hidden, mayWrite }: MyHouse) =>
  mayWrite('conversation') && (house.plan !== undefined || hidden.includes('roof'))

function useMyGoal({ house, me }: MyHouse, current: Goal | undefined) {
  const { plan } = house
  return useRecordForm<Goal>({
    key: `goal:${current?.id ?? `new-${house.person}`}`,
    current,
    fresh: {
      ...{ id: crypto.randomUUID(), person: house.person, words: '', why: '', needs: [] },
      ...{ expressedBy: me, state: 'active', since: clockToday() },
    },
    save: savedWithUndo('Goal', plan?.id, (edit) => saveGoal(plan, edit)),
  })
}

function OneGoal({ mine, goal }: { mine: MyHouse; goal?: Goal }) {
  const [open, setOpen] = useState(false)
  const editing = useMyGoal(mine, goal)
  const { isCarer } = mine
  const { givenName } = mine.house
  if (open || editing.isDraft)
    return <MyGoalForm mine={mine} editing={editing} onDone={() => setOpen(false)} />
  if (!goal) {
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        {isCarer ? (
          <Trans>Add something you hope for {givenName}</Trans>
        ) : (
          <Trans>Add something I want to do</Trans>
        )}
      </Button>
    )
  }
  return <GoalToRead mine={mine} goal={goal} onChange={() => setOpen(true)} />
}

type MyGoalFormProps = Readonly<{
  mine: MyHouse
  editing: ReturnType<typeof useMyGoal>
  onDone: () => void
}>

function MyGoalForm({ mine, editing, onDone }: MyGoalFormProps) {
  const { t } = useLingui()
  const [tried, setTried] = useState(false)
  const { change } = editing
  const { isCarer } = mine
  const { givenName } = mine.house
  const isEmpty = editing.mine.words.trim() === ''
  const title = isCarer ? t`What you hope for ${givenName}` : t`What I want to do`
  return (
    <section className="my-section" aria-label={title}>
      <TextArea
        label={title}
        rows={3}
        value={editing.mine.words}
        onChange={(words) => change({ words })}
        error={tried && isEmpty ? t`Enter a few words` : undefined}
      />
      <TextArea
        label={isCarer ? t`Why it matters` : t`Why it matters to me`}
        rows={2}
        value={editing.mine.why}
        onChange={(why) => change({ why })}
      />
      <SaveBar
        save={<Trans>Save my words</Trans>}
        editing={editing}
        onDone={onDone}
        isWhole={() => {
          setTried(true)
          return !isEmpty
        }}
      />
    </section>
  )
}

function GoalToRead(props: { mine: MyHouse; goal: Goal; onChange: () => void }) {
  const { mine, goal, onChange } = props
  const restrictionOf = useRestrictions()
  const isMine = !mine.isCarer || goal.expressedBy?.reference === mine.me.reference
  return (
    <section className="my-section" aria-label={goal.words}>
      <SaidQuote size="lead" isPersons={goal.expressedBy?.voice === 'person'}>
        {goal.words}
      </SaidQuote>
      {goal.why ? <p>{goal.why}</p> : null}
      <p className="my-small">
        {goal.expressedBy?.name}
        <GoalDays goal={goal} day={(at) => <DayText at={at} />} />
      </p>
      <EarlierText
        earlier={goal.earlier}
        isReader={goal.earlier?.by.reference === mine.me.reference}
        when={goal.earlier?.at ? <DayText at={goal.earlier.at} /> : null}
      />
      <RestrictedMark to="person" restriction={restrictionOf(`Goal/${goal.id}`)} />
      <p>
        <Link to={`/my/goals/${goal.id}`}>
          <Trans>How far is this goal, and who agrees with it?</Trans>
        </Link>
      </p>
      {isMine && mine.mayWrite('conversation') ? (
        <Button variant="outline" onClick={onChange}>
          <Trans>Change my words</Trans>
          <span className="nhsuk-u-visually-hidden">: {goal.words}</span>
        </Button>
      ) : null}
      <MySuggestChange mine={mine} record={`Goal/${goal.id}`} place="words" />
      <MyComments mine={mine} goal={goal} />
    </section>
  )
}

/** Comments about one thing, and a place to add one. */
function MyComments({ mine, goal }: { mine: MyHouse; goal: Goal }) {
  const about = `Goal/${goal.id}`
  const { house, me } = mine
  const restrictionOf = useRestrictions()
  return (
    <>
      <ul className="my-list">
        {commentsAbout(house, about).map((comment) => (
          <li key={comment.id} className="my-card">
            <p>{comment.text}</p>
            <p className="my-small">
              {comment.written.by.reference === me.reference ? (
                <Trans>You</Trans>
              ) : (
                comment.written.by.name
              )}
              <Comma />
              <DayText at={comment.written.at} />
            </p>
            <RestrictedMark
              to="person"
              restriction={restrictionOf(`Communication/${comment.id}`)}
            />
          </li>
        ))}
      </ul>
      <MyComment goal={goal} />
    </>
  )
}

function MyComment({ goal: { id, person, words } }: { goal: Goal }) {
  const about = `Goal/${id}`
  const { t } = useLingui()
  const saving = useSaveState()
  const [draft, setDraft, , isDraft, settle] = useDraft(`comment:${about}`, { id: '', text: '' })
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  if (!open && !isDraft) {
    return (
      <Button
        variant="link"
        onClick={() => setOpen(true)}
        aria-label={t`Say something about this: ${words}`}
      >
        <Trans>Say something about this</Trans>
      </Button>
    )
  }
  const send = async () => {
    const text = draft.text.trim()
    setTried(true)
    if (!text || !(await saving.run(() => addComment({ id: draft.id, person, about, text }))))
      return
    setTried(false)
    if (settle(draft, asAnother)) setOpen(false)
  }
  return (
    <CheckedForm className="my-answer" onSubmit={send}>
      <TextArea
        label={t`What I want to say`}
        error={tried && draft.text.trim() === '' ? t`Enter a few words` : undefined}
        rows={3}
        value={draft.text}
        onChange={(text) => setDraft({ id: draft.id || crypto.randomUUID(), text })}
      />
      <NotSaved problem={saving.problem} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Send</Trans>
      </Button>
    </CheckedForm>
  )
}
