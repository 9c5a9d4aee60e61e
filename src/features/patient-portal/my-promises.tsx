import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { useDraft } from '#client/forms/use-draft.ts'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { answerPromise, takeBackAnswer } from '#client/queries/care-plan/comments.ts'
import { moveAction } from '#client/queries/care-plan/goals.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { Action } from '#domain/goal/goal.ts'
import { askedDidThisHappen, promisesNext } from '#domain/goal/promise-state.ts'
import { PromiseWords } from '#features/parts/promises/promise-words.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { ShortList } from '#ui/layout/short-list.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { ownWords } from '#ui/text/own-words.ts'
import { DayText } from './day-text.tsx'
import { NotSaved } from './not-saved.tsx'
import { MySuggestChange } from './suggestions/my-suggest-change.tsx'
import type { MyHouse } from './use-my-house.ts'

type NextProps = Readonly<{
  mine: MyHouse
  /** on the first page: so many, and a link to the rest; promises the person is asked about appear beside it */
  most?: number
}>

/** What was promised and has not come yet. */
export function MyPromises({ mine, most }: NextProps) {
  const { house, day, me, isCarer } = mine
  const restrictionOf = useRestrictions()
  const isAsked = most !== undefined && !isCarer
  const asked = isAsked ? askedDidThisHappen(house.actions, house.person, day) : []
  const next = promisesNext(house.actions, day, asked)
  const left = next.length - (most ?? next.length)
  return (
    <section aria-labelledby="next-title">
      <h2 id="next-title">
        <Trans>What happens next</Trans>
      </h2>
      {next.length === 0 ? (
        <p className="my-missing">
          <Trans>Nothing is planned just now.</Trans>
        </p>
      ) : null}
      <ul className="my-rows">
        {next.slice(0, most).map((action) => (
          <li key={action.id}>
            <p className="my-when">
              <ByWhen dueOn={action.dueOn} day={day} /> <Owner action={action} />
            </p>
            <p>
              <b>
                <OwnText>{action.what}</OwnText>
              </b>
            </p>
            <RestrictedMark to="person" restriction={restrictionOf(`Task/${action.id}`)} />
            {action.owner?.reference === me.reference ? (
              <IDidThis action={action} day={day} />
            ) : null}
            {most === undefined ? (
              <MySuggestChange mine={mine} record={`Task/${action.id}`} place="what" />
            ) : null}
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <p>
          <Link to="/my/conversation">
            <Plural value={left} one="# more promise" other="# more promises" />
          </Link>
        </p>
      ) : null}
    </section>
  )
}

/** Whose promise it is, beside its day. */
function Owner({ action: { dueOn, owner } }: { action: Action }) {
  if (!owner) return null
  return (
    <span className="my-small">
      {dueOn ? '· ' : ''}
      {owner.name}
    </span>
  )
}

function ByWhen({ dueOn, day }: Readonly<{ dueOn: string | undefined; day: string }>) {
  if (!dueOn) return <Trans>No date yet</Trans>
  if (dueOn === day) return <Trans>Today</Trans>
  if (dueOn < day)
    return (
      <Trans>
        Was due on <DayText at={dueOn} />
      </Trans>
    )
  return (
    <>
      <Trans>By</Trans> <DayText at={dueOn} />
    </>
  )
}

function IDidThis({ action, day }: { action: Action; day: string }) {
  const saving = useSaveState()
  return (
    <>
      <NotSaved problem={saving.problem} />
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={() => void saving.run(() => moveAction(action, 'done', day))}
      >
        <Trans>I did this</Trans>
      </Button>
    </>
  )
}

/** Promises of others whose date has come: did it happen? */
export function MyPromiseAnswer({ mine: { house, day } }: { mine: MyHouse }) {
  const asked = askedDidThisHappen(house.actions, house.person, day)
  const answered = house.actions.filter((action) => action.answer)
  const restrictionOf = useRestrictions()
  if (asked.length + answered.length === 0) return null
  return (
    <section aria-labelledby="happened-title">
      <h3 id="happened-title">
        <Trans>Did this happen?</Trans>
      </h3>
      <ShortList
        className="my-rows"
        most={2}
        items={[
          ...asked.map((action) => (
            <li key={action.id}>
              <Asked action={action} />
              <RestrictedMark to="person" restriction={restrictionOf(`Task/${action.id}`)} />
            </li>
          )),
          ...answered.map((action) => (
            <li key={action.id}>
              <Answered action={action} />
              <RestrictedMark to="person" restriction={restrictionOf(`Task/${action.id}`)} />
            </li>
          )),
        ]}
      />
    </section>
  )
}

function Asked({ action }: { action: Action }) {
  const [saysNo, setSaysNo] = useState(false)
  const draft = useDraft(`promise-no:${action.id}`, '')
  const [words] = draft
  return (
    <>
      <p className="my-when">
        {action.dueOn ? <DayText at={action.dueOn} /> : null} <Owner action={action} />
      </p>
      <p>
        <b>
          <OwnText>{action.what}</OwnText>
        </b>
      </p>
      <PromiseWords action={action} />
      {saysNo || words !== '' ? (
        <WhatHappened action={action} draft={draft} onLeave={() => setSaysNo(false)} />
      ) : (
        <YesOrNo action={action} onNo={() => setSaysNo(true)} />
      )}
    </>
  )
}

function useAnswer({ id: action, person }: Action) {
  const saving = useSaveState()
  const [id, renew] = useKeptId()
  const say = async (happened: boolean, words: string) => {
    const done = await saving.run(() => answerPromise({ id, person, action, happened, words }))
    if (done) renew()
    return done
  }
  return { saving, say }
}

function YesOrNo({ action, onNo }: { action: Action; onNo: () => void }) {
  const { t } = useLingui()
  const { saving, say } = useAnswer(action)
  return (
    <>
      <NotSaved problem={saving.problem} />
      <div className="my-yes-no">
        <Button
          variant="outline"
          pending={saving.pending}
          onClick={() => void say(true, '')}
          aria-label={t`Yes: ${action.what}`}
        >
          <Trans>Yes</Trans>
        </Button>
        <Button variant="outline" onClick={onNo} aria-label={t`No: ${action.what}`}>
          <Trans>No</Trans>
        </Button>
      </div>
    </>
  )
}

/** A no is sent with or without text; nothing is sent before the person presses the button. */
function WhatHappened(props: {
  action: Action
  draft: ReturnType<typeof useDraft<string>>
  onLeave: () => void
}) {
  const { t } = useLingui()
  const { action, onLeave } = props
  const [words, setWords, clear] = props.draft
  const { saving, say } = useAnswer(action)
  const send = async () => {
    if (await say(false, words.trim())) clear()
  }
  return (
    <div className="my-answer">
      <TextArea
        label={t`What happened instead? You can leave this empty.`}
        rows={3}
        value={words}
        onChange={setWords}
        readOnly={saving.pending}
      />
      <NotSaved problem={saving.problem} />
      <Button pending={saving.pending} onClick={() => void send()}>
        <Trans>Tell my team it did not happen</Trans>
      </Button>
      <Button
        variant="outline"
        onClick={() => {
          clear()
          onLeave()
        }}
      >
        <Trans>Go back</Trans>
      </Button>
    </div>
  )
}

function Answered({ action }: { action: Action }) {
  const { answer } = action
  const { t } = useLingui()
  const saving = useSaveState()
  if (!answer) return null
  return (
    <>
      <StateMark state={answer.happened ? 'agreed' : 'failed'}>
        {answer.happened ? (
          <Trans>You said: this happened</Trans>
        ) : (
          <Trans>You said: this did not happen</Trans>
        )}
      </StateMark>
      <p>
        <b>
          <OwnText>{action.what}</OwnText>
        </b>
      </p>
      {answer.words ? (
        <q className="my-said" {...ownWords(answer.words)}>
          {answer.words}
        </q>
      ) : null}
      {answer.happened ? null : (
        <p className="my-small">
          <Trans>Your team and {action.owner?.name} can see this now.</Trans>
        </p>
      )}
      <NotSaved problem={saving.problem} />
      <Button
        variant="link"
        pending={saving.pending}
        onClick={() => void saving.run(() => takeBackAnswer(answer))}
        aria-label={t`Undo my answer: ${action.what}`}
      >
        <Trans>Undo my answer</Trans>
      </Button>
    </>
  )
}
