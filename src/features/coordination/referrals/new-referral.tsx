import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { sendReferral } from '#client/queries/coordination/referrals.ts'
import type { Who } from '#domain/plan/plan.ts'
import { FormBar } from '#features/coordination/form-bar.tsx'
import { type NewRecord, useNewRecord } from '#features/coordination/use-new-record.ts'
import { WhoField } from '#features/coordination/who-field.tsx'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type Fields = Readonly<{
  id: string
  requestId: string
  what: string
  why: string
  to?: Who | undefined
}>

const ids = () => ({ id: crypto.randomUUID(), requestId: crypto.randomUUID() })
const empty = (): Fields => ({ ...ids(), what: '', why: '' })
const another = (fields: Fields): Fields => ({ ...fields, ...ids() })

/** Asks another service or colleague for help with this person. */
export function NewReferral({ person }: { person: string }) {
  const form = useNewRecord<Fields>(`new-referral:${person}`, empty, another)
  if (!form.isOpen)
    return (
      <Button variant="outline" onClick={form.open}>
        <Trans>Refer to a service</Trans>
      </Button>
    )
  return <ReferralForm person={person} form={form} />
}

function ReferralForm(props: { person: string; form: NewRecord<Fields> }) {
  const { t } = useLingui()
  const { person, form } = props
  const { fields, setFields: onChange } = form
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const { what, why, to } = fields
  const whatMissing = what.trim() === ''
  const send = async () => {
    setTried(true)
    if (whatMissing || !to || work.pending) return
    const { id, requestId } = fields
    const words = { what: what.trim(), why: why.trim() }
    const done = await work.run(() => sendReferral({ id, requestId, person, to, ...words }))
    if (!done) return
    form.sent(fields)
    toast(<Trans>Sent to {to.name}</Trans>)
  }
  return (
    <CheckedForm className="coordinate-form" aria-label={t`Refer to a service`} onSubmit={send}>
      <WhoField
        services
        label={t`Who you are asking`}
        hint={t`They will be able to see this person’s record until they refuse the referral or it is closed.`}
        value={to?.reference ?? ''}
        onChange={(chosen) => onChange({ ...fields, to: chosen })}
        error={tried && !to ? t`Choose who you are asking` : undefined}
      />
      <TextField
        label={t`What you are asking for`}
        value={what}
        onChange={(words) => onChange({ ...fields, what: words })}
        error={tried && whatMissing ? t`Enter what you are asking for` : undefined}
      />
      <TextArea
        label={t`Why`}
        rows={3}
        value={why}
        onChange={(words) => onChange({ ...fields, why: words })}
      />
      <WorkProblem failure={work.failure} />
      <FormBar pending={work.pending} leave={<Trans>Discard</Trans>} onLeave={form.close}>
        <Trans>Send referral</Trans>
      </FormBar>
    </CheckedForm>
  )
}
