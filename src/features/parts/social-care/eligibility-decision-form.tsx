import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import type { CarerDecision } from '#domain/carer/carer-assessment.ts'
import type { CarerEligibility } from '#domain/carer/eligibility.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  person: string
  assessment: string
  /** what the answers come to */
  comesTo: CarerEligibility['outcome']
  yes: string
  no: string
  /** who reads the reason */
  hint: string
  onSave: (decision: Omit<CarerDecision, 'by' | 'at' | 'version' | 'workedOut'>) => Promise<void>
}>

const empty = { id: '', is: '', reason: '' }

/** The professional decides, and says why: nothing is filled in from the answers. */
export function EligibilityDecisionForm(props: Props) {
  const { t } = useLingui()
  const { person, assessment, comesTo, yes, no, hint, onSave } = props
  const [typed, setTyped, clear] = useDraft(`eligibility-decision:${assessment}`, empty)
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<typeof empty>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const save = async () => {
    setTried(true)
    if (typed.is === '' || typed.reason.trim() === '') return
    const { id, reason } = typed
    const decision = { id, person, assessment, reason, isEligible: typed.is === 'yes' }
    if (await run(() => onSave(decision))) clear()
  }
  const differs = comesTo === 'cannot-say' ? typed.is !== '' : isOther(typed.is, comesTo)
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <Radios
        legend={t`Your decision`}
        name={`decision-${assessment}`}
        value={typed.is}
        onChange={(is) => change({ is })}
        error={tried && typed.is === '' ? t`Select what you decided` : undefined}
        options={[
          { value: 'yes', label: yes },
          { value: 'no', label: no },
        ]}
      />
      {differs ? (
        <p className="carer-note" role="status">
          <Trans>This is not what the answers come to. Say in your reason why you decide so.</Trans>
        </p>
      ) : null}
      <TextArea
        label={t`Your reason`}
        hint={hint}
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

const isOther = (is: string, comesTo: CarerEligibility['outcome']) =>
  is !== '' && (is === 'yes') !== (comesTo === 'meets')
