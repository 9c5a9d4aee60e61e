import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { safeguardingStep } from '#client/queries/social-care/safeguarding.ts'
import type { ShownConcern } from '#domain/social-care/safeguarding.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ concern: ShownConcern; onDone: () => void }>

/** Somebody takes no more part in an enquiry: from then on they read nothing of it, and the reason is kept. */
export function RemoveMemberForm({ concern, onDone }: Props) {
  const { t } = useLingui()
  const { id, version, members } = concern
  const [reference, setReference] = useState('')
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const chosen = members.length === 1 ? members[0]?.reference : reference
  const member = members.find((each) => each.reference === chosen)
  const save = async () => {
    setTried(true)
    if (!member || words.trim() === '') return
    if (await run(() => safeguardingStep({ id, version, kind: 'remove-member', member, words })))
      onDone()
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <Radios
        legend={t`Who takes no more part?`}
        hint={t`They read nothing of it from then on. A social worker who is named in the care goes on reading it.`}
        name={`remove-${id}`}
        value={chosen ?? ''}
        onChange={setReference}
        error={tried && !member ? t`Choose somebody` : undefined}
        options={members.map((each) => ({ value: each.reference, label: each.name }))}
      />
      <TextArea
        label={t`Why?`}
        hint={t`It is kept with the enquiry.`}
        rows={2}
        maxLength={2000}
        value={words}
        onChange={setWords}
        error={tried && words.trim() === '' ? t`Say why they take no more part` : undefined}
      />
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          <Trans>Take them out</Trans>
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}
