import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { acknowledgeLicence } from '#client/queries/admin/licences.ts'
import { longestLicenceWords } from '#domain/assessment/instruments/licence-acknowledgement.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'

type Props = Readonly<{
  id: string
  title: string
  /** the version that was seen */
  version: number
  takeBack: boolean
  onClose: () => void
}>

/** On what ground a licensed assessment may be used, or why no longer. The name and the day are added by the server. */
export function LicenceForm({ id, title, version, takeBack, onClose }: Props) {
  const { t } = useLingui()
  const [words, setWords, clear] = useDraft(`licence:${id}`, '')
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const fault = faultOf(words)
  const close = () => {
    clear()
    onClose()
  }
  const save = async () => {
    setTried(true)
    if (fault || work.pending) return
    const said = { instrument: id, words: words.trim(), takeBack, version }
    if (!(await work.run(() => acknowledgeLicence(said)))) return
    toast(t`Saved`)
    close()
  }
  const errors = {
    none: takeBack
      ? t`Enter why it may no longer be used`
      : t`Enter the licence or permission, for example its number and who gave it`,
    long: t`Write ${longestLicenceWords} characters at most`,
  }
  return (
    <CheckedForm
      aria-label={takeBack ? t`Take back: ${title}` : t`May be used: ${title}`}
      onSubmit={save}
    >
      <TextArea
        label={
          takeBack
            ? t`Why may it no longer be used?`
            : t`On what ground may your organisation use it?`
        }
        hint={
          takeBack
            ? t`Answers that were given stay readable. Nobody can begin it any more.`
            : t`The licence or permission: who gave it, when, its number. It is kept with your name and today’s date.`
        }
        rows={2}
        value={words}
        onChange={setWords}
        error={tried && fault ? errors[fault] : undefined}
      />
      <Failure of={work.failure} />
      <TwoWaysOut pending={work.pending} onCancel={close} />
    </CheckedForm>
  )
}

function faultOf(words: string): 'none' | 'long' | undefined {
  if (words.trim() === '') return 'none'
  return words.length > longestLicenceWords ? 'long' : undefined
}

function Failure({ of: failure }: { of: unknown }) {
  if (!failure) return null
  const isRule = failure instanceof FhirError && [400, 403, 409, 422].includes(failure.status)
  return (
    <Notice tone="danger" title={<Trans>Not saved</Trans>}>
      <p>
        {isRule ? (
          <>{failure.message}.</>
        ) : (
          <Trans>We could not save this. What you wrote is kept on this device. Try again.</Trans>
        )}
      </p>
    </Notice>
  )
}
