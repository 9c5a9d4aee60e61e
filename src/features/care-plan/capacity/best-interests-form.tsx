import { Trans, useLingui } from '@lingui/react/macro'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { recordBestInterests } from '#client/queries/answer/capacity-decisions.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { NotRecorded } from '#features/care-plan/agreement/not-recorded.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

const empty = { id: '', wishes: '', consulted: '', imca: '', decided: '', why: '' }

type FormProps = Readonly<{ house: HouseRecord; plan: Plan; capacity: string }>

/** A decision for somebody who cannot make it: what they would want comes first. */
export function BestInterestsForm({ house, plan, capacity }: FormProps) {
  const { t } = useLingui()
  const [typed, setTyped, clear] = useDraft(`best-interests:${plan.id}`, empty)
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<typeof empty>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const name = house.givenName
  const save = async () => {
    const id = typed.id || crypto.randomUUID()
    const own = { person: house.person, planId: plan.id, capacity, ...writtenNow(house.person) }
    if (await run(() => recordBestInterests({ ...typed, id, ...own }))) clear()
  }
  return (
    <section className="gable-section" aria-labelledby="best-title">
      <h2 id="best-title">
        <Trans>Decide in {name}’s best interests</Trans>
      </h2>
      <CheckedForm onSubmit={save}>
        <TextArea
          label={t`What ${name} wishes, feels and believes, now and before`}
          rows={3}
          value={typed.wishes}
          onChange={(wishes) => change({ wishes })}
        />
        <TextArea
          label={t`Who was asked, and what they said`}
          hint={t`Family, friends, carers, an attorney or deputy`}
          rows={3}
          value={typed.consulted}
          onChange={(consulted) => change({ consulted })}
        />
        <TextField
          label={t`If there is nobody to ask: the independent mental capacity advocate (IMCA)`}
          value={typed.imca}
          onChange={(imca) => change({ imca })}
        />
        <TextArea
          label={t`What was decided`}
          rows={2}
          value={typed.decided}
          onChange={(decided) => change({ decided })}
        />
        <TextArea
          label={t`Why, and why nothing less restrictive would do`}
          rows={3}
          value={typed.why}
          onChange={(why) => change({ why })}
        />
        <NotRecorded failure={failure} />
        <Button type="submit" pending={pending}>
          <Trans>Record the decision</Trans>
        </Button>
      </CheckedForm>
    </section>
  )
}
