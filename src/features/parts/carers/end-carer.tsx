import { Trans, useLingui } from '@lingui/react/macro'
import { useDraft } from '#client/forms/use-draft.ts'
import { endCarer } from '#client/queries/carer/carers.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
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
  const [why, setWhy, clear] = useDraft(`end-carer:${carer.id}`, '')
  const { name } = carer
  return (
    <ConfirmAction
      verb={isSelf ? <Trans>Stop being a carer here</Trans> : <Trans>{name} no longer helps</Trans>}
      variant="link"
      title={isSelf ? t`Stop being a carer here?` : t`Does ${name} no longer help?`}
      yes={<Trans>End it now</Trans>}
      no={<Trans>Go back</Trans>}
      isFinal
      run={() => endCarer(person, carer.id, why)}
      done={() => {
        clear()
        toast(<Trans>{name} is now in the history. Their access has ended.</Trans>)
      }}
      failed={(failure) => <CarerFailure failure={failure} />}
    >
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
    </ConfirmAction>
  )
}
