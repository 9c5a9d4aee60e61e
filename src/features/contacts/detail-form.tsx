import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { changeDetails } from '#client/queries/patient/contact-details.ts'
import {
  type Detail,
  type DetailFault,
  type DetailFields,
  DetailMovedOn,
  detailFaultsIn,
  inOneLine,
} from '#domain/person/contact-details.ts'
import { adding, correcting, overTheirs } from '#domain/person/contact-details-fhir.ts'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DetailProblem } from './detail-problem.tsx'

type Props = Readonly<{
  /** whose it is: `Patient/1` */
  owner: string
  /** the one that is corrected; absent: a new one */
  detail?: Detail | undefined
  start: DetailFields
  onDone: () => void
}>

/** A number or an address, to be corrected or added. What is typed is kept until it is saved or discarded. */
export function DetailForm({ owner, detail, start, onDone }: Props) {
  const { t } = useLingui()
  const draft = useDraft<DetailFields>(`contact:${owner}:${detail?.key ?? start.kind}`, start)
  const [fields, setFields, clear] = draft
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const words = useFaultWords()
  const faults = tried ? detailFaultsIn(fields) : {}
  const wrong = (fault: DetailFault | undefined) => (fault ? words[fault] : undefined)
  const close = () => {
    clear()
    onDone()
  }
  const movedOn = work.failure instanceof DetailMovedOn ? work.failure : undefined
  const save = async (isOver: boolean) => {
    const mine = detail ? correcting(detail, fields) : adding(fields)
    const swaps = isOver ? overTheirs(mine, movedOn?.theirs) : mine
    let undo: (() => Promise<void>) | undefined
    const done = await work.run(async () => {
      undo = await changeDetails(owner, swaps)
    })
    if (!done) return
    close()
    toast(<Trans>Saved: {inOneLine(fields)}</Trans>, undo)
  }
  const send = () => {
    setTried(true)
    if (Object.keys(detailFaultsIn(fields)).length === 0 && !work.pending) void save(false)
  }
  const change = (part: Partial<DetailFields>) => setFields({ ...fields, ...part })
  return (
    <CheckedForm className="detail-form" onSubmit={send}>
      <What {...{ fields, change }} fault={wrong(faults.value)} />
      <DateField
        label={t`From which date? (if it has not started yet)`}
        value={fields.from}
        onChange={(from) => change({ from })}
      />
      <DateField
        label={t`Until which date? (if it ends)`}
        value={fields.until}
        onChange={(until) => change({ until })}
        error={wrong(faults.until)}
      />
      <DetailProblem
        failure={work.failure}
        pending={work.pending}
        mine={inOneLine(fields)}
        onKeepMine={() => void save(true)}
        onKeepTheirs={close}
      />
      <Button type="submit" pending={work.pending}>
        <Trans>Save</Trans>
      </Button>
      <Button variant="link" onClick={close}>
        <Trans>Discard</Trans>
      </Button>
    </CheckedForm>
  )
}

type PartProps = Readonly<{
  fields: DetailFields
  change: (part: Partial<DetailFields>) => void
  fault: string | undefined
}>

function What({ fields, change, fault }: PartProps) {
  const { t } = useLingui()
  if (fields.kind === 'address')
    return (
      <>
        <TextArea
          label={t`House and street`}
          rows={2}
          value={fields.line}
          onChange={(line) => change({ line })}
          error={fault}
        />
        <TextField label={t`Town`} value={fields.town} onChange={(town) => change({ town })} />
        <TextField
          label={t`Postcode`}
          width={10}
          value={fields.postcode}
          onChange={(postcode) => change({ postcode })}
        />
      </>
    )
  if (fields.kind === 'email')
    return (
      <TextField
        label={t`Email address`}
        inputMode="email"
        value={fields.value}
        onChange={(value) => change({ value })}
        error={fault}
      />
    )
  return (
    <>
      <TextField
        label={t`Phone number`}
        inputMode="tel"
        width={20}
        value={fields.value}
        onChange={(value) => change({ value })}
        error={fault}
      />
      <SelectField
        label={t`Where is it?`}
        value={fields.use}
        onChange={(use) => change({ use })}
        options={[
          { value: '', label: t`Not known` },
          { value: 'home', label: t`At home` },
          { value: 'mobile', label: t`Mobile` },
          { value: 'work', label: t`At work` },
          { value: 'temp', label: t`Temporary` },
        ]}
      />
      <TextField
        label={t`When to call`}
        hint={t`For example: after 5 in the afternoon`}
        value={fields.callWhen}
        onChange={(callWhen) => change({ callWhen })}
      />
    </>
  )
}

function useFaultWords(): Readonly<Record<DetailFault, string>> {
  const { t } = useLingui()
  return {
    'no-number': t`Enter a phone number with digits`,
    'not-a-number': t`This is not a phone number. Enter digits, with or without spaces`,
    'no-email': t`This is not an email address. Use a format like name@example.org`,
    'no-address': t`Enter the address`,
    'too-long': t`This is too long: at most 200 characters`,
    'no-day': t`Enter each date in full, or leave it empty`,
    'wrong-order': t`The end date must not be before the start date`,
  }
}
