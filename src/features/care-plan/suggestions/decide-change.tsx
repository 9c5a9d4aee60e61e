import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { BesideSentence } from '#domain/suggestion/suggested-change.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import {
  type ChangeAnswer,
  useDecideChange,
} from '#features/parts/suggestions/use-decide-change.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type DecideProps = Readonly<{
  beside: BesideSentence
  planId: string | undefined
  /** whose words they are, as they are called here */
  ownerName: string
}>

const answers: readonly ChangeAnswer[] = ['yes', 'change', 'no']

/** The decision of somebody whose words they are, or of a colleague. */
export function DecideChange({ beside, planId, ownerName }: DecideProps) {
  const { t } = useLingui()
  const deciding = useDecideChange(beside, { planId, way: 'self' })
  const { draft, saving, set, decide } = deciding
  const about = beside.change.words
  if (draft.answer === 'change' || draft.answer === 'no')
    return (
      <CheckedForm onSubmit={async () => void (await decide(draft.answer || 'no'))}>
        <AnswerFields deciding={deciding} ownerName={ownerName} />
        <SaveOrCancel
          saving={saving}
          onCancel={deciding.leave}
          save={draft.answer === 'no' ? <Trans>Decline</Trans> : <Trans>Save these words</Trans>}
          cancel={<Trans>Back</Trans>}
        />
      </CheckedForm>
    )
  return (
    <>
      <SaveNote saving={saving} />
      <div className="gable-suggestion__deeds">
        <Button
          pending={saving.pending}
          onClick={() => void decide('yes')}
          aria-label={t`Use these words: ${about}`}
        >
          <Trans>Use these words</Trans>
        </Button>
        <Button
          variant="outline"
          onClick={() => set({ answer: 'change' })}
          aria-label={t`Change them first: ${about}`}
        >
          <Trans>Change them first</Trans>
        </Button>
        <Button
          variant="link"
          onClick={() => set({ answer: 'no' })}
          aria-label={t`Decline: ${about}`}
        >
          <Trans>Decline</Trans>
        </Button>
      </div>
    </>
  )
}

/** At the person’s side: what they say to it, or ticked on paper, in their name, written down by the reader. */
export function AskOwner({ beside, planId, ownerName }: DecideProps) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const deciding = useDecideChange(beside, { planId, way: 'said' })
  const { draft, saving, set, decide, isDraft } = deciding
  if (!open && !isDraft)
    return (
      <Button
        onClick={() => setOpen(true)}
        aria-label={t`Ask ${ownerName} now: ${beside.change.words}`}
      >
        <Trans>Ask {ownerName} now</Trans>
      </Button>
    )
  const labels = { yes: t`Yes, use these words`, change: t`Yes, but in other words`, no: t`No` }
  const send = async () => {
    setTried(true)
    if (draft.answer && (await decide(draft.answer))) setOpen(false)
  }
  return (
    <CheckedForm onSubmit={send}>
      <Radios
        legend={t`What does ${ownerName} say?`}
        name={`answer-${beside.change.id}`}
        value={draft.answer}
        onChange={(value) => {
          const answer = answers.find((each) => each === value)
          if (answer) set({ answer })
        }}
        options={answers.map((value) => ({ value, label: labels[value] }))}
        {...(tried && !draft.answer ? { error: t`Choose what ${ownerName} said` } : {})}
      />
      <AnswerFields deciding={deciding} ownerName={ownerName} />
      <Radios
        legend={t`How did ${ownerName} say it?`}
        hint={t`You are named as the person who wrote it down.`}
        name={`way-${beside.change.id}`}
        value={draft.way}
        onChange={(value) => set({ way: value === 'paper' ? 'paper' : 'said' })}
        options={[
          { value: 'said', label: t`Said to me just now` },
          { value: 'paper', label: t`Ticked on the printed plan` },
        ]}
      />
      <SaveOrCancel
        saving={saving}
        onCancel={() => {
          deciding.leave()
          setOpen(false)
        }}
        save={<Trans>Save what {ownerName} said</Trans>}
      />
    </CheckedForm>
  )
}

function AnswerFields(props: { deciding: ReturnType<typeof useDecideChange>; ownerName: string }) {
  const { t } = useLingui()
  const { deciding, ownerName } = props
  const { draft, set, isMissing } = deciding
  if (draft.answer === 'change')
    return (
      <TextArea
        label={t`The words as ${ownerName} wants them`}
        rows={3}
        value={draft.words}
        onChange={(words) => set({ words })}
        error={isMissing ? t`Enter the words` : undefined}
      />
    )
  if (draft.answer !== 'no') return null
  return (
    <TextField
      label={t`Why not? A word is enough.`}
      value={draft.reason}
      onChange={(reason) => set({ reason })}
      error={isMissing ? t`Say in a word why not` : undefined}
    />
  )
}
