import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { addComment } from '#client/queries/care-plan/comments.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { commentsAbout, type HouseRecord } from '#domain/plan/house/house.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { Button } from '#ui/layout/button.tsx'
import { WhenText } from './when-text.tsx'

type CommentsProps = Readonly<{
  house: HouseRecord
  about: string
  /** what that is called, where several can be commented on a page */
  title?: string | undefined
}>

/** Comments on one record, and a place to write one. Comments change nothing in the plan. */
export function Comments({ house, about, title }: CommentsProps) {
  const said = commentsAbout(house, about)
  const restrictionOf = useRestrictions()
  return (
    <div className="gable-comments">
      <ul className="gable-plain-list">
        {said.map((comment) => (
          <li key={comment.id} className="gable-comment">
            <Avatar name={comment.written.by.name} voice={comment.written.by.voice} />
            <div>
              <p>{comment.text}</p>
              <p className="gable-meta">
                {comment.written.by.name}, <WhenText at={comment.written.at} />
              </p>
              <RestrictedMark restriction={restrictionOf(`Communication/${comment.id}`)} />
            </div>
          </li>
        ))}
      </ul>
      <CommentForm {...{ house, about, title }} />
    </div>
  )
}

function CommentForm({ house, about, title }: CommentsProps) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [draft, setDraft, , isDraft, settle] = useDraft(`comment:${about}`, { id: '', text: '' })
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const isEmpty = draft.text.trim() === ''
  if (!open && !isDraft) {
    return (
      <Button
        variant="link"
        onClick={() => setOpen(true)}
        {...(title ? { 'aria-label': t`Comment: ${title}` } : {})}
      >
        <Trans>Comment</Trans>
      </Button>
    )
  }
  const write = (text: string) => setDraft({ id: draft.id || crypto.randomUUID(), text })
  const send = async (form: HTMLElement | null) => {
    setTried(true)
    if (isEmpty) return focusFirstError(form)
    const done = await saving.run(() =>
      addComment({ id: draft.id, person: house.person, about, text: draft.text.trim() }),
    )
    if (!done) return
    setTried(false)
    if (settle(draft, asAnother)) setOpen(false)
  }
  return (
    <div className="gable-form">
      <TextArea
        label={t`Your comment`}
        rows={2}
        value={draft.text}
        onChange={write}
        error={tried && isEmpty ? t`Enter a few words` : undefined}
      />
      <SaveNote saving={saving} />
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={({ currentTarget }) => void send(currentTarget.closest('.gable-form'))}
      >
        <Trans>Post comment</Trans>
      </Button>
    </div>
  )
}
