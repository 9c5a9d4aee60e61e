import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { HandOverProblem } from './hand-over-problem.tsx'

type Props = Readonly<{
  /** names the draft of the text */
  draft: string
  label: ReactNode
  verb: ReactNode
  run: (words: string) => Promise<void>
  done: () => void
  onLeave: () => void
}>

/** Declining or withdrawing: says why, in text that the other practice reads. */
export function HandOverReason({ draft, label, verb, run, done, onLeave }: Props) {
  const { t } = useLingui()
  const [words, setWords, clear] = useDraft(draft, '')
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const isMissing = words.trim() === ''
  const send = async () => {
    setTried(true)
    if (isMissing || work.pending) return
    if (!(await work.run(() => run(words)))) return
    clear()
    done()
  }
  return (
    <CheckedForm className="hand-over-form" onSubmit={send}>
      <TextArea
        label={label}
        hint={t`The other practice and the person can read this.`}
        rows={3}
        value={words}
        onChange={setWords}
        readOnly={work.pending}
        error={tried && isMissing ? t`Enter a few words` : undefined}
      />
      <HandOverProblem failure={work.failure} />
      <Button type="submit" variant="danger" pending={work.pending}>
        {verb}
      </Button>
      <Button variant="link" onClick={onLeave}>
        <Trans>Not now</Trans>
      </Button>
    </CheckedForm>
  )
}
