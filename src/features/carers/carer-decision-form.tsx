import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { saveCarerDecision } from '#client/queries/carer/carer-record.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

const empty = { id: '', is: '', reason: '' }

/** The professional decides, and says why: nothing is filled in from the answers. */
export function CarerDecisionForm(props: Readonly<{ person: string; assessment: string }>) {
  const { t } = useLingui()
  const { person, assessment } = props
  const [typed, setTyped, clear] = useDraft(`carer-decision:${assessment}`, empty)
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<typeof empty>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const save = async () => {
    setTried(true)
    if (typed.is === '' || typed.reason.trim() === '') return
    const { id, reason } = typed
    const decision = { id, person, assessment, reason, isEligible: typed.is === 'yes' }
    if (await run(() => saveCarerDecision(decision))) clear()
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <Radios
        legend={t`Your decision`}
        name={`decision-${assessment}`}
        value={typed.is}
        onChange={(is) => change({ is })}
        error={tried && typed.is === '' ? t`Select what you decided` : undefined}
        options={[
          { value: 'yes', label: t`There is a right to support as a carer` },
          { value: 'no', label: t`There is no right to support just now` },
        ]}
      />
      <TextArea
        label={t`Your reason`}
        hint={t`The carer reads it.`}
        rows={3}
        value={typed.reason}
        onChange={(reason) => change({ reason })}
        error={tried && typed.reason.trim() === '' ? t`Give your reason` : undefined}
      />
      <CarerFailure failure={failure} />
      <Button type="submit" pending={pending}>
        <Trans>Record the decision</Trans>
      </Button>
    </CheckedForm>
  )
}
