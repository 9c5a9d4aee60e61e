import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { recordCapacity } from '#client/queries/answer/capacity-decisions.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { type Ability, abilities } from '#domain/agreement/capacity.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { NotRecorded } from '#features/care-plan/agreement/not-recorded.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useAbilityWords } from './capacity-list.tsx'

type Typed = Readonly<{
  id: string
  can: '' | 'yes' | 'no'
  impairment: string
  unable: readonly Ability[]
  because: string
  support: string
  reasons: string
  reviewOn: string
}>

const empty: Typed = {
  ...{ id: '', can: '', impairment: '', unable: [], because: '', support: '', reasons: '' },
  reviewOn: '',
}

type FormProps = Readonly<{ house: HouseRecord; plan: Plan; onDone: () => void }>

/** Both stages of the Mental Capacity Act 2005, for this decision; nothing is worked out from the answers. */
export function CapacityForm({ house, plan, onDone }: FormProps) {
  const { t } = useLingui()
  const [typed, setTyped, clear] = useDraft<Typed>(`capacity:${plan.id}`, empty)
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<Typed>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const name = house.givenName
  const save = async () => {
    setTried(true)
    if (typed.can === '' || isUnfinished(typed.reviewOn)) return
    const { can, reviewOn, ...found } = typed
    const own = { person: house.person, planId: plan.id, ...writtenNow(house.person) }
    const decision = t`Whether to agree to this plan (version ${plan.version ?? ''})`
    const lacks = can === 'no' ? found : { ...found, impairment: '', unable: [], because: '' }
    const record = { ...lacks, ...own, decision, hasCapacity: can === 'yes' }
    if (await run(() => recordCapacity({ ...record, ...(reviewOn ? { reviewOn } : {}) }))) {
      clear()
      onDone()
    }
  }
  return (
    <section className="gable-section" aria-labelledby="capacity-title">
      <h2 id="capacity-title">
        <Trans>What you found</Trans>
      </h2>
      <CheckedForm onSubmit={save}>
        <TextArea
          label={t`What was done to help ${name} decide`}
          hint={t`Words, pictures, the time of day, the place, somebody ${name} trusts, an interpreter`}
          rows={2}
          value={typed.support}
          onChange={(support) => change({ support })}
        />
        <Radios
          legend={t`Can ${name} decide about this plan?`}
          name="can"
          value={typed.can}
          onChange={(can) => change({ can: can as Typed['can'] })}
          error={tried && typed.can === '' ? t`Select what you found` : undefined}
          options={[
            { value: 'yes', label: t`Yes, ${name} can decide this` },
            { value: 'no', label: t`No, not this decision at this time` },
          ]}
        />
        {typed.can === 'no' ? <TwoStages typed={typed} change={change} name={name} /> : null}
        <TextArea
          label={t`Your reasons`}
          hint={t`What ${name} said and did that shows it`}
          rows={3}
          value={typed.reasons}
          onChange={(reasons) => change({ reasons })}
        />
        <DateField
          label={t`Look again on (if it comes and goes, or may change)`}
          value={typed.reviewOn}
          onChange={(reviewOn) => change({ reviewOn })}
        />
        <NotRecorded failure={failure} />
        <Button type="submit" pending={pending}>
          <Trans>Record what I found</Trans>
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </CheckedForm>
    </section>
  )
}

type Stages = Readonly<{ typed: Typed; change: (fields: Partial<Typed>) => void; name: string }>

function TwoStages({ typed, change, name }: Stages) {
  const { t } = useLingui()
  const words = useAbilityWords()
  return (
    <>
      <TextArea
        label={t`1. What is the matter with ${name}’s mind or brain?`}
        hint={t`For example dementia, delirium, a stroke, unconsciousness`}
        rows={2}
        value={typed.impairment}
        onChange={(impairment) => change({ impairment })}
      />
      <Checkboxes
        legend={t`2. What can ${name} not do, even with help?`}
        values={typed.unable}
        onChange={(unable) => change({ unable: abilities.filter((each) => unable.includes(each)) })}
        options={abilities.map((each) => ({ value: each, label: words[each] }))}
      />
      <TextArea
        label={t`How is that because of it?`}
        rows={2}
        value={typed.because}
        onChange={(because) => change({ because })}
      />
    </>
  )
}
