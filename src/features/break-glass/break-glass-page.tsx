import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { breakGlass } from '#client/queries/patient/break-glass.ts'
import {
  breakGlassMinutes,
  breakGlassReasons,
  type BreakGlassReason as Reason,
} from '#domain/access/break-glass.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { BreakGlassReasonText } from '#ui/text/break-glass-reason.tsx'

type FormFields = Readonly<{
  nhsNumber: string
  birthDate: string
  reason: Reason | ''
  words: string
}>

const nothing: FormFields = { nhsNumber: '', birthDate: '', reason: '', words: '' }
const digits = (text: string) => text.replace(/[\s-]/g, '')

/** Opens the record of somebody the user does not know, because it cannot wait. */
export function BreakGlassPage() {
  const { t } = useLingui()
  return (
    <div className="gable-form">
      <PageHeading
        title={t`Open a record in an emergency`}
        lead={t`For someone you are caring for right now who is not normally in your care.`}
      />
      <Notice tone="info" title={<Trans>What happens next</Trans>}>
        <ul>
          <li>
            <Trans>
              You can read the whole record for {breakGlassMinutes} minutes, including restricted
              parts.
            </Trans>
          </li>
          <li>
            <Trans>The person’s practice is told straight away, and will ask you about it.</Trans>
          </li>
          <li>
            <Trans>The person can see who opened the record, what was read, and your reason.</Trans>
          </li>
          <li>
            <Trans>You can add contacts, notes and readings, but change nothing else.</Trans>
          </li>
        </ul>
      </Notice>
      <EmergencyForm />
    </div>
  )
}

function EmergencyForm() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [fields, setFields, clear] = useDraft<FormFields>('emergency', nothing)
  const [tried, setTried] = useState(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const set = (more: Partial<FormFields>) => setFields({ ...fields, ...more })
  const { reason } = fields
  const open = async () => {
    setTried(true)
    setProblem(undefined)
    if (!isWhole(fields) || reason === '') return
    setPending(true)
    try {
      const person = await breakGlass({ ...fields, reason, nhsNumber: digits(fields.nhsNumber) })
      clear()
      await navigate(`/people/${person}/emergency`)
    } catch (error) {
      setProblem(error)
      setPending(false)
    }
  }
  const wrongNumber = /^\d{10}$/.test(digits(fields.nhsNumber))
    ? t`This is not an NHS number. Check each digit`
    : t`Enter all 10 digits`
  return (
    <CheckedForm onSubmit={open}>
      {problem ? <NotOpened problem={problem} /> : null}
      <TextField
        label={t`NHS number`}
        hint={t`10 digits`}
        width={10}
        value={fields.nhsNumber}
        onChange={(nhsNumber) => set({ nhsNumber })}
        error={tried && !isNhsNumber(digits(fields.nhsNumber)) ? wrongNumber : undefined}
      />
      <DateField
        label={t`Date of birth`}
        value={fields.birthDate}
        onChange={(birthDate) => set({ birthDate })}
        error={tried && fields.birthDate === '' ? t`Enter the date of birth` : undefined}
      />
      <Radios
        legend={t`Why it cannot wait`}
        name="reason"
        value={reason}
        onChange={(value) =>
          set({ reason: breakGlassReasons.find((each) => each === value) ?? '' })
        }
        options={breakGlassReasons.map((value) => ({
          value,
          label: <BreakGlassReasonText code={value} />,
        }))}
        error={tried && reason === '' ? t`Choose a reason` : undefined}
      />
      <TextArea
        label={t`What happened, in a few words`}
        hint={t`The person will read this.`}
        rows={3}
        value={fields.words}
        onChange={(words) => set({ words })}
        readOnly={pending}
        error={tried && fields.words.trim() === '' ? t`Enter a few words` : undefined}
      />
      <Button type="submit" variant="danger" pending={pending}>
        <Trans>Open the record</Trans>
      </Button>
    </CheckedForm>
  )
}

const isWhole = ({ nhsNumber, birthDate, reason, words }: FormFields) =>
  isNhsNumber(digits(nhsNumber)) &&
  birthDate !== '' &&
  !isUnfinished(birthDate) &&
  reason !== '' &&
  words.trim() !== ''

function NotOpened({ problem }: { problem: unknown }) {
  const { t } = useLingui()
  const status = problem instanceof FhirError ? problem.status : 0
  if (status === 404)
    return (
      <Notice tone="warning" title={t`We cannot find anyone with this number and date of birth`}>
        <p>{t`Both must match. Check them and try again. After five tries you have to wait.`}</p>
      </Notice>
    )
  if (status === 429)
    return (
      <Notice tone="warning" title={t`Too many tries`}>
        <p>{t`Wait 15 minutes, or call the practice.`}</p>
      </Notice>
    )
  return (
    <Notice tone="danger" title={t`The record could not be opened`}>
      <p>{t`Try again in a moment.`}</p>
    </Notice>
  )
}
