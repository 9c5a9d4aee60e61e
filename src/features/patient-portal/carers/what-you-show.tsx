import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type CarerRecord, saveCarerShares, sharesIn } from '#client/queries/carer/carer-record.ts'
import { type CarerAudience, type CarerShares, carerTopics } from '#domain/carer/carer-shares.ts'
import { useCarerLabels } from '#features/parts/carers/carer-labels.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  person: string
  record: CarerRecord
  /** whom they care for; without a name while nothing is shared by that person */
  role: Readonly<{ carer: string; name: string }>
}>

/** What the carer lets others see of their own record: nothing, until they tick it. */
export function WhatYouShow({ person, record, role }: Props) {
  const { t } = useLingui()
  const [changing, setChanging] = useState(false)
  const shares = sharesIn(record, role.carer)
  const name = role.name || t`the person you care for`
  const id = `show-${role.carer}`
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {role.name ? (
          <Trans>What you show {role.name} and their team</Trans>
        ) : (
          <Trans>What you show to others</Trans>
        )}
      </h2>
      {changing ? (
        <Change
          {...{ person, shares, name }}
          carer={role.carer}
          onDone={() => setChanging(false)}
        />
      ) : (
        <>
          <Shown shares={shares} name={name} />
          <Button variant="outline" onClick={() => setChanging(true)}>
            <Trans>Change what you show</Trans>
          </Button>
        </>
      )}
    </section>
  )
}

function Shown({ shares, name }: { shares: CarerShares; name: string }) {
  const topics = useCarerLabels()
  const listed = (audience: CarerAudience) => shares[audience].map((each) => topics[each])
  const toPerson = listed('person-cared-for')
  const toTeam = listed('their-team')
  return (
    <ul className="my-list">
      <li className="my-card">
        <p>
          <strong>
            <Trans>{name} sees:</Trans>
          </strong>{' '}
          {toPerson.length > 0 ? toPerson.join('; ') : <Trans>nothing</Trans>}
        </p>
      </li>
      <li className="my-card">
        <p>
          <strong>
            <Trans>Their team sees:</Trans>
          </strong>{' '}
          {toTeam.length > 0 ? toTeam.join('; ') : <Trans>nothing</Trans>}
        </p>
      </li>
    </ul>
  )
}

type ChangeProps = Readonly<{
  person: string
  carer: string
  shares: CarerShares
  name: string
  onDone: () => void
}>

function Change({ person, carer, shares, name, onDone }: ChangeProps) {
  const { t } = useLingui()
  const labels = useCarerLabels()
  const [from] = useState(shares)
  const [chosen, setChosen] = useState(shares)
  const saving = useSaveState()
  const options = carerTopics.map((value) => ({ value, label: labels[value] }))
  const choose = (audience: CarerAudience) => (values: readonly string[]) =>
    setChosen({ ...chosen, [audience]: carerTopics.filter((each) => values.includes(each)) })
  const save = async () => {
    if (!(await saving.run(() => saveCarerShares(person, carer, { from, to: chosen })))) return
    onDone()
    toast(<Trans>Saved. It counts from now on.</Trans>)
  }
  return (
    <>
      <Checkboxes
        legend={t`What may ${name} see?`}
        name={`person-${carer}`}
        values={chosen['person-cared-for']}
        options={options}
        onChange={choose('person-cared-for')}
      />
      <Checkboxes
        legend={t`What may the nurses and others who look after ${name} see?`}
        name={`team-${carer}`}
        values={chosen['their-team']}
        options={options}
        onChange={choose('their-team')}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void save()}
        onCancel={onDone}
        cancel={<Trans>Go back</Trans>}
      />
    </>
  )
}
