import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useIdFor } from '#client/forms/use-id-for.ts'
import { raiseConcern } from '#client/queries/social-care/safeguarding.ts'
import {
  type ConcernFault,
  type ConcernToRaise,
  concernFaults,
  consents,
} from '#domain/social-care/safeguarding.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useAround } from './use-around.ts'
import { useSafeguardingWords } from './use-safeguarding-words.ts'

type Props = Readonly<{
  person: string
  onClose: () => void
  /** it was raised; `reached`: somebody reads it */
  onRaised: (reached: boolean) => void
}>
type Typed = Omit<ConcernToRaise, 'patient' | 'id'>

const empty: Typed = {
  ...{ about: '', risk: '', wishes: '', consent: 'given', withoutConsent: '', safety: '' },
  sources: [],
}

/** A concern about somebody’s safety. Nothing of it is kept on the device: a draft could be read by others. */
export function RaiseConcernForm({ person, onClose, onRaised }: Props) {
  const { t } = useLingui()
  const words = useSafeguardingWords()
  const around = useAround(person)
  const idFor = useIdFor()
  const [typed, setTyped] = useState(empty)
  const [faults, setFaults] = useState<readonly ConcernFault[]>([])
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<Typed>) => setTyped({ ...typed, ...fields })
  const error = (fault: ConcernFault, message: string) =>
    faults.includes(fault) ? message : undefined
  const save = async () => {
    const said = { ...typed, patient: person }
    const asked = { ...said, id: idFor(said) }
    const found = concernFaults(asked, 'professional')
    setFaults(found)
    if (found.length > 0) return
    await run(async () => onRaised(await raiseConcern(asked)))
  }
  const area = { rows: 3, maxLength: 2000 }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <TextArea
        {...area}
        label={t`What happened, or what do you fear?`}
        value={typed.about}
        onChange={(about) => change({ about })}
        error={error('about', t`Say what happened, or what you fear`)}
      />
      <TextArea
        {...area}
        label={t`Who is at risk, and of what?`}
        value={typed.risk}
        onChange={(risk) => change({ risk })}
        error={error('risk', t`Say who is at risk, and of what`)}
      />
      <Radios
        legend={t`Does the person know, and agree that you raise it?`}
        name="concern-consent"
        value={typed.consent}
        onChange={(next) =>
          change({ consent: consents.find((each) => each === next) ?? 'not-asked' })
        }
        options={consents.map((value) => ({ value, label: words.consents[value] }))}
      />
      {typed.consent === 'given' ? null : (
        <TextArea
          {...area}
          label={t`Why do you raise it without the person’s consent?`}
          hint={t`For example: others are at risk, the person cannot decide this, asking would put them in danger.`}
          value={typed.withoutConsent}
          onChange={(withoutConsent) => change({ withoutConsent })}
          error={error('without-consent', t`Say why, so that others can follow it`)}
        />
      )}
      <TextArea
        {...area}
        label={t`What does the person want to happen?`}
        hint={t`In their own words. If nobody could ask, leave it empty.`}
        value={typed.wishes}
        onChange={(wishes) => change({ wishes })}
        error={error('wishes', t`Say what the person wants to happen`)}
      />
      <TextArea
        {...area}
        label={t`What was done so that everybody is safe now?`}
        hint={t`In danger now: call 999 first.`}
        value={typed.safety}
        onChange={(safety) => change({ safety })}
        error={error('safety', t`Say what was done, or that nothing was needed`)}
      />
      {around.length > 0 ? (
        <Checkboxes
          legend={t`Who may be a source of harm?`}
          hint={t`They never see this concern, whatever their role is.`}
          name="concern-sources"
          values={typed.sources.map(({ reference }) => reference)}
          onChange={(next) =>
            change({ sources: around.filter(({ reference }) => next.includes(reference)) })
          }
          options={around.map(({ reference, name }) => ({ value: reference, label: name }))}
        />
      ) : null}
      <p className="carer-note">
        <Trans>
          What you type here is not kept on this device until you send it. Stay on this page.
        </Trans>
      </p>
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          <Trans>Raise the concern</Trans>
        </Button>
        <Button variant="link" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}
