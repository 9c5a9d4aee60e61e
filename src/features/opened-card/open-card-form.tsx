import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { type OpenedCard, openCardByLink } from '#client/queries/worse/open-card.ts'
import { type CardOpener, cardOpenerIn, cardOpeners } from '#domain/card/card-opening.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { RoleName } from '#ui/text/role-name.tsx'
import './opened-card.scss'

type Props = Readonly<{ token: string; onOpen: (card: OpenedCard) => void }>
type Fields = Readonly<{ name: string; role: CardOpener | ''; why: string }>

/** Who opens it and why, on one page. What is typed stays when it fails; nothing of it is kept on the device. */
export function OpenCardForm({ token, onOpen }: Props) {
  const { t } = useLingui()
  const [fields, setFields] = useState<Fields>({ name: '', role: '', why: '' })
  const [tried, setTried] = useState(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const { name, role, why } = fields
  const open = async () => {
    setTried(true)
    setProblem(undefined)
    if (!name.trim() || !role || !why.trim()) return
    setPending(true)
    try {
      onOpen(await openCardByLink({ token, ...fields }))
    } catch (error) {
      setProblem(error)
      setPending(false)
    }
  }
  return (
    <CheckedForm className="open-card" onSubmit={open} autoComplete="off">
      {problem ? <NotOpened problem={problem} /> : null}
      <TextField
        label={t`Your name`}
        value={name}
        maxLength={100}
        onChange={(said) => setFields({ ...fields, name: said })}
        error={tried && !name.trim() ? t`Enter your name` : undefined}
      />
      <Radios
        legend={t`Who you are`}
        name="opener"
        value={role}
        onChange={(code) => setFields({ ...fields, role: cardOpenerIn(code) ?? '' })}
        options={cardOpeners.map((value) => ({ value, label: <RoleName role={value} /> }))}
        error={tried && !role ? t`Choose who you are` : undefined}
      />
      <TextField
        label={t`Why you open the card`}
        hint={t`A few words. The person and their care team will read them.`}
        value={why}
        maxLength={300}
        onChange={(said) => setFields({ ...fields, why: said })}
        error={tried && !why.trim() ? t`Enter a few words` : undefined}
      />
      <Button type="submit" pending={pending}>
        <Trans>Open the card</Trans>
      </Button>
    </CheckedForm>
  )
}

function NotOpened({ problem }: { problem: unknown }) {
  const { t } = useLingui()
  const { status = 0, kind = undefined } = problem instanceof FhirError ? problem : {}
  if (status === 404)
    return (
      <Notice tone="warning" title={t`This link does not open a card`}>
        <p>{t`It may have been stopped, or it has run out. What is printed on the card still helps.`}</p>
      </Notice>
    )
  if (status === 429)
    return (
      <Notice tone="warning" title={t`Too many tries`}>
        <p>{t`Wait a while. What is printed on the card still helps.`}</p>
      </Notice>
    )
  if (kind === 'offline' || kind === 'unreachable')
    return (
      <Notice tone="warning" title={t`There is no internet connection`}>
        <p>{t`The other code on the card can be read without one.`}</p>
      </Notice>
    )
  return (
    <Notice tone="danger" title={t`The card could not be opened`}>
      <p>{t`Try again in a moment. What is printed on the card still helps.`}</p>
    </Notice>
  )
}
