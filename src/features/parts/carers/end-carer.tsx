import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { endCarer } from '#client/queries/carer/carers.ts'
import { toast } from '#ui/feedback/toasts.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CarerFailure } from './carer-failure.tsx'

type Props = Readonly<{
  person: string
  carer: Readonly<{ id: string; name: string }>
  /** the carer says it of themselves */
  isSelf?: boolean
}>

/** Somebody no longer cares for the person: asked once, because their access ends at once. */
export function EndCarer({ person, carer, isSelf = false }: Props) {
  const { t } = useLingui()
  const [why, setWhy, clear, isDraft] = useDraft(`end-carer:${carer.id}`, '')
  const [open, setOpen] = useState(isDraft)
  const { pending, failure, run } = useAsyncAction()
  const { name } = carer
  if (!open)
    return (
      <Button variant="link" onClick={() => setOpen(true)}>
        {isSelf ? <Trans>Stop being a carer here</Trans> : <Trans>{name} no longer helps</Trans>}
      </Button>
    )
  const end = async () => {
    if (!(await run(() => endCarer(person, carer.id, why)))) return
    clear()
    setOpen(false)
    toast(<Trans>{name} is now in the history. Their access has ended.</Trans>)
  }
  return (
    <div className="carer-form">
      <p>
        {isSelf ? (
          <Trans>You will not see this plan any more. What you wrote stays.</Trans>
        ) : (
          <Trans>
            {name} will not see this plan any more. What {name} wrote stays.
          </Trans>
        )}
      </p>
      <TextArea label={t`Why (you can leave this empty)`} rows={2} value={why} onChange={setWhy} />
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button variant="danger" pending={pending} onClick={() => void end()}>
          <Trans>End it now</Trans>
        </Button>
        <Button variant="link" onClick={() => setOpen(false)}>
          <Trans>Go back</Trans>
        </Button>
      </div>
    </div>
  )
}
