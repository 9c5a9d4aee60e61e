import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { colleaguesQuery } from '#client/queries/coordination/care-team.ts'
import { useSession } from '#client/session/session.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { type Decidable, type Decisions, decidableName } from './use-decisions.tsx'

type Props = Readonly<{
  people: readonly Decidable[]
  decisions: Decisions
  onClose: () => void
}>

/** Takes people on for a colleague of the same organisation. */
export function AssignDialog({ people, decisions, onClose }: Props) {
  const { t } = useLingui()
  const { data, isError } = useQuery(colleaguesQuery)
  const actor = useSession((session) => session.actor)
  const [chosen, setChosen] = useState('')
  const [tried, setTried] = useState(false)
  const staff = (data?.staff ?? []).filter(
    ({ who, organisation }) =>
      idIn(organisation?.reference) === actor?.organisation &&
      idIn(who.reference) !== actor?.practitioner,
  )
  const [only] = people
  const save = async () => {
    setTried(true)
    if (!chosen) return
    await decisions.decide(people, { decision: 'take-on', coordinator: idIn(chosen) })
    onClose()
  }
  const missing = tried && !chosen ? t`Choose who coordinates` : undefined
  return (
    <Dialog
      open
      title={
        people.length === 1 && only ? (
          t`Who coordinates the care of ${decidableName(only)}?`
        ) : (
          <Plural
            value={people.length}
            one="Who coordinates the care of # person?"
            other="Who coordinates the care of # people?"
          />
        )
      }
      onClose={onClose}
      actions={
        <TwoWaysOut
          pending={decisions.pending}
          onSave={() => void save()}
          onCancel={onClose}
          save={<Trans>Assign</Trans>}
        />
      }
    >
      <SelectField
        label={t`Colleague`}
        hint={t`They find the people on their caseload. Tell them too.`}
        value={chosen}
        onChange={setChosen}
        error={isError ? t`The list of colleagues could not be loaded. Try again later.` : missing}
        options={[
          { value: '', label: t`Choose a name` },
          ...staff.map(({ who, role }) => ({
            value: who.reference,
            label: [who.name, role].filter(Boolean).join(', '),
          })),
        ]}
      />
    </Dialog>
  )
}
