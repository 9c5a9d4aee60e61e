import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { sendReferral } from '#client/queries/coordination/referrals.ts'
import type { Who } from '#domain/plan/plan.ts'
import { workingDaysToAnswer } from '#domain/referral/case-referral.ts'
import { type NewRecord, useNewRecord } from '#features/coordination/use-new-record.ts'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { WhoField } from '#features/parts/who/who-field.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useInView } from '#ui/layout/use-in-view.ts'
import { ServiceChoice, whoOfService } from './service-choice.tsx'

type Fields = Readonly<{
  id: string
  requestId: string
  what: string
  why: string
  to?: Who | undefined
  /** id in the directory */
  service?: string | undefined
  forCase?: boolean
}>

const ids = () => ({ id: crypto.randomUUID(), requestId: crypto.randomUUID() })
const empty = (): Fields => ({ ...ids(), what: '', why: '' })
const another = (fields: Fields): Fields => ({ ...fields, ...ids() })

/** Asks another service or colleague for help with this person. */
export function NewReferral({ person }: { person: string }) {
  const place = useInView('refer')
  const form = useNewRecord<Fields>(`new-referral:${person}`, empty, another, place.isAsked)
  if (!form.isOpen)
    return (
      <Button variant="outline" onClick={form.open}>
        <Trans>Refer to a service</Trans>
      </Button>
    )
  return (
    <div id="refer" ref={place.part}>
      <ReferralForm person={person} form={form} />
    </div>
  )
}

function ReferralForm(props: { person: string; form: NewRecord<Fields> }) {
  const { t } = useLingui()
  const { person, form } = props
  const { fields, setFields: onChange } = form
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const { why, to, forCase = false } = fields
  const what = forCase ? t`A case manager` : fields.what
  const whatMissing = what.trim() === ''
  const whyMissing = forCase && why.trim() === ''
  const send = async () => {
    setTried(true)
    if (whatMissing || whyMissing || !to || work.pending) return
    const { id, requestId } = fields
    const words = { what: what.trim(), why: why.trim(), ...(forCase ? { forCase } : {}) }
    const done = await work.run(() =>
      sendReferral({ id, requestId, person, to, ...words, ...serviceIn(fields) }),
    )
    if (!done) return
    form.sent(fields)
    toast(<Trans>Sent to {to.name}</Trans>)
  }
  return (
    <CheckedForm className="coordinate-form" aria-label={t`Refer to a service`} onSubmit={send}>
      <WhoIsAsked
        fields={fields}
        onChange={onChange}
        error={tried && !to ? t`Choose who you are asking` : undefined}
      />
      <KindOfReferral fields={fields} onChange={onChange} />
      {forCase ? null : (
        <WhatIsAsked fields={fields} onChange={onChange} isMissing={tried && whatMissing} />
      )}
      <TextArea
        label={t`Why`}
        rows={3}
        value={why}
        onChange={(words) => onChange({ ...fields, why: words })}
        error={tried && whyMissing ? t`Say why this person needs a case manager` : undefined}
      />
      <WorkProblem failure={work.failure} />
      <TwoWaysOut
        pending={work.pending}
        onCancel={form.close}
        save={<Trans>Send referral</Trans>}
        cancel={<Trans>Discard</Trans>}
      />
    </CheckedForm>
  )
}

/** A service of the directory, or somebody else. */
function WhoIsAsked(props: {
  fields: Fields
  onChange: (fields: Fields) => void
  error: string | undefined
}) {
  const { t } = useLingui()
  const { fields, onChange, error } = props
  return (
    <>
      {fields.forCase ? null : (
        <ServiceChoice
          value={fields.service ?? ''}
          onChange={(service, to) => onChange({ ...fields, service, to })}
        />
      )}
      {fields.service ? null : (
        <WhoField
          services
          label={t`Who you are asking`}
          hint={t`They will be able to see this person’s record until they refuse the referral or it is closed.`}
          value={fields.to?.reference ?? ''}
          onChange={(to) => onChange({ ...fields, to })}
          error={error}
        />
      )}
    </>
  )
}

/** The service of the directory that a referral asks. */
const serviceIn = ({ service, to, forCase }: Fields) =>
  service && to && !forCase ? { service: whoOfService(service, to.name) } : {}

function WhatIsAsked(props: {
  fields: Fields
  onChange: (fields: Fields) => void
  isMissing: boolean
}) {
  const { t } = useLingui()
  const { fields, onChange, isMissing } = props
  return (
    <TextField
      label={t`What you are asking for`}
      value={fields.what}
      onChange={(words) => onChange({ ...fields, what: words })}
      error={isMissing ? t`Enter what you are asking for` : undefined}
    />
  )
}

function KindOfReferral(props: { fields: Fields; onChange: (fields: Fields) => void }) {
  const { t } = useLingui()
  const { fields, onChange } = props
  return (
    <Radios
      legend={t`What is needed`}
      name="referral-kind"
      value={fields.forCase ? 'case' : 'service'}
      onChange={(kind) => onChange({ ...fields, forCase: kind === 'case', service: undefined })}
      options={[
        { value: 'service', label: t`A service, or advice` },
        {
          value: 'case',
          label: t`A case manager: someone to coordinate care`,
          hint: t`Goes to “Referrals to us” of the team, which answers within ${workingDaysToAnswer} working days.`,
        },
      ]}
    />
  )
}
