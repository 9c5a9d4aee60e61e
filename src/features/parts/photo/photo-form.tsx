import { Trans, useLingui } from '@lingui/react/macro'
import { useId, useRef, useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { choosePhoto, photoSource } from '#client/queries/patient/photo.ts'
import { smallJpeg } from '#client/queries/patient/small-jpeg.ts'
import type { Who } from '#domain/plan/plan.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { Field } from '#ui/forms/field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

type Props = Readonly<{ person: string; givenName: string; me: Who; onDone: () => void }>
type Typed = Readonly<{ alt: string; agreed: string }>

/** A picture that was chosen and made small; `isUnreadable`: it was no picture. */
function usePicked() {
  const [data, setData] = useState('')
  const [isUnreadable, setUnreadable] = useState(false)
  const latest = useRef(0)
  const pick = async (file: File | undefined) => {
    latest.current += 1
    const turn = latest.current
    // the one before is not saved instead of this one, and a larger one that is ready later does not take its place
    setData('')
    setUnreadable(false)
    const small = file && (await smallJpeg(file))
    if (turn !== latest.current) return
    setData(small ?? '')
    setUnreadable(file !== undefined && small === undefined)
  }
  return { data, isUnreadable, pick }
}

function PickField({ picked, tried }: { picked: ReturnType<typeof usePicked>; tried: boolean }) {
  const { t } = useLingui()
  const fileId = useId()
  const { data, isUnreadable, pick } = picked
  const isMissing = tried && data === ''
  const missing = isMissing ? t`Choose a picture` : undefined
  const error = isUnreadable ? t`This is not a picture that can be shown. Choose another.` : missing
  return (
    <>
      <Field
        id={fileId}
        label={t`Choose a picture`}
        hint={t`It is made small here. Where and when it was taken is left out.`}
        error={error}
      >
        <input
          id={fileId}
          type="file"
          accept="image/*"
          aria-invalid={error ? true : undefined}
          onChange={({ target }) => void pick(target.files?.[0])}
        />
      </Field>
      {data ? <img className="photo__picture" src={photoSource({ data })} alt="" /> : null}
    </>
  )
}

/** A picture is made small on the device, and says nothing about where it was taken, before it is sent. */
export function PhotoForm({ person, givenName, me, onDone }: Props) {
  const { t } = useLingui()
  const isStaff = me.voice === 'professional'
  const [typed, setTyped, clear] = useDraft<Typed>(`photo:${person}`, {
    ...{ alt: isStaff ? givenName : '', agreed: '' },
  })
  const picked = usePicked()
  const { data } = picked
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const { alt, agreed } = typed
  const isWhole = data !== '' && alt.trim() !== '' && (!isStaff || agreed.trim() !== '')
  const send = async () => {
    setTried(true)
    if (!isWhole) return
    const chosen = { person, data, alt: alt.trim(), agreed: agreed.trim() }
    if (!(await saving.run(() => choosePhoto(chosen)))) return
    clear()
    onDone()
  }
  return (
    <div className="photo__form">
      <PickField picked={picked} tried={tried} />
      <TextField
        label={t`What the picture shows`}
        hint={t`For people who cannot see the picture.`}
        value={alt}
        maxLength={200}
        onChange={(words) => setTyped({ ...typed, alt: words })}
        error={tried && alt.trim() === '' ? t`Say what the picture shows` : undefined}
      />
      {isStaff ? (
        <AgreedField
          {...{ givenName, tried, agreed }}
          onChange={(words) => setTyped({ ...typed, agreed: words })}
        />
      ) : null}
      <SaveOrCancel
        saving={saving}
        onSave={() => void send()}
        onCancel={() => {
          clear()
          onDone()
        }}
        save={<Trans>Save the picture</Trans>}
      />
    </div>
  )
}

function AgreedField(props: {
  givenName: string
  agreed: string
  tried: boolean
  onChange: (words: string) => void
}) {
  const { t } = useLingui()
  const { givenName, agreed, tried, onChange } = props
  return (
    <TextField
      label={t`How ${givenName} said yes to this picture`}
      value={agreed}
      onChange={onChange}
      error={tried && agreed.trim() === '' ? t`Write down how they said yes` : undefined}
    />
  )
}
