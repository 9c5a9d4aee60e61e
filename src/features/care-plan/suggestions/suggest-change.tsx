import { Trans, useLingui } from '@lingui/react/macro'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import {
  type SentenceAt,
  useSuggestChange,
} from '#features/parts/suggestions/use-suggest-change.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

/** Other words for somebody’s sentence. The sentence stays as it is until its owner decides. */
export function SuggestChange({ at, ownerName }: { at: SentenceAt; ownerName: string }) {
  const { t } = useLingui()
  const suggesting = useSuggestChange(at)
  const { draft, isOpen, isMissing, saving } = suggesting
  if (!isOpen)
    return (
      <Button
        variant="link"
        onClick={suggesting.begin}
        aria-label={t`Suggest a change: ${at.now.words}`}
      >
        <Trans>Suggest a change</Trans>
      </Button>
    )
  return (
    <CheckedForm className="gable-suggestion" onSubmit={async () => void (await suggesting.send())}>
      <TextArea
        label={t`What should it say instead?`}
        hint={t`The words stay as they are until ${ownerName} says yes.`}
        rows={3}
        value={draft.words}
        onChange={(words) => suggesting.change({ words })}
        error={isMissing ? t`Change the words` : undefined}
      />
      <TextField
        label={t`Why? ${ownerName} reads this.`}
        value={draft.why}
        onChange={(why) => suggesting.change({ why })}
      />
      <SaveOrCancel
        saving={saving}
        onCancel={suggesting.leave}
        save={<Trans>Send the suggestion</Trans>}
      />
    </CheckedForm>
  )
}
