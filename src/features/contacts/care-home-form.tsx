import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { homesQuery, saveCareHome } from '#client/queries/patient/care-home.ts'
import type { CareHome } from '#domain/home/care-home.ts'
import { type HomePlace, homesAlike } from '#domain/home/home-place.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { HomesAlike } from './homes-alike.tsx'

type Props = Readonly<{ person: string; home: CareHome | undefined; onDone: () => void }>

/** What is typed: the home as its residents share it, and what is only about this person. */
type Typed = Readonly<{
  /** id of a known home, `new`, or nothing chosen yet */
  choice: string
  place: HomePlace
  keyWorker: string
  since: string
}>

const empty = {
  name: '',
  phone: '',
  nightPhone: '',
  manager: '',
  address: '',
  postcode: '',
  ods: '',
}
const newPlace = (): HomePlace => ({ ...empty, id: `home-${crypto.randomUUID()}` })

/** A contact from before homes had a record: its words are kept, and saving makes the record. */
function startOf(home: CareHome | undefined, homes: readonly HomePlace[]): Typed {
  const { keyWorker = '', since = home ? '' : clockToday() } = home ?? {}
  const known = homes.find(({ id }) => id === home?.place)
  if (known) return { choice: known.id, place: known, keyWorker, since }
  const { name = '', phone = '', nightPhone = '', manager = '' } = home ?? {}
  const place = { ...newPlace(), name, phone, nightPhone, manager }
  return { choice: home || homes.length === 0 ? 'new' : '', place, keyWorker, since }
}

/** Which home it is: one that is known here, or a new one; and who to call there. */
export function CareHomeForm({ person, home, onDone }: Props) {
  const { data: homes } = useSuspenseQuery(homesQuery())
  const [typed, setTyped, clear] = useDraft<Typed>(`care-home:${person}`, startOf(home, homes))
  const [tried, setTried] = useState(false)
  const [isAnother, setAnother] = useState(false)
  const saving = useSaveState()
  const { choice, place } = typed
  const isNamed = place.name.trim() !== ''
  const alike = choice === 'new' && tried && !isAnother ? homesAlike(homes, place) : []
  const choose = (id: string) => {
    const known = homes.find((each) => each.id === id)
    setTyped({ ...typed, choice: id, place: known ?? newPlace() })
    setTried(false)
  }
  const send = async (button: HTMLElement, sure = isAnother) => {
    setTried(true)
    if (!isNamed) return focusFirstError(button.closest('.gable-form'))
    if (choice === 'new' && !sure && homesAlike(homes, place).length > 0) return
    const shared = { ...place, name: place.name.trim() }
    if (!(await saving.run(() => saveCareHome(person, ofPerson(typed, shared), shared)))) return
    clear()
    onDone()
  }
  return (
    <div className="gable-form">
      {homes.length > 0 ? (
        <WhichHome {...{ homes, choice }} isMissing={tried && choice === ''} onChoose={choose} />
      ) : null}
      {choice === '' ? null : (
        <TypedFields typed={typed} onChange={setTyped} isNameMissing={tried && !isNamed} />
      )}
      {alike.length > 0 ? (
        <HomesAlike
          homes={alike}
          onUse={choose}
          onAnother={(button) => {
            setAnother(true)
            void send(button, true)
          }}
        />
      ) : null}
      <SaveNote saving={saving} />
      <Button pending={saving.pending} onClick={({ currentTarget }) => void send(currentTarget)}>
        <Trans>Save the care home</Trans>
      </Button>
      <Button
        variant="link"
        onClick={() => {
          clear()
          onDone()
        }}
      >
        <Trans>Cancel</Trans>
      </Button>
    </div>
  )
}

/** What stands in the person’s record: the reference, and a copy for whoever cannot read the home’s. */
const ofPerson = ({ keyWorker, since }: Typed, place: HomePlace): CareHome => ({
  ...{ place: place.id, name: place.name, phone: place.phone, nightPhone: place.nightPhone },
  ...{ manager: place.manager, keyWorker },
  ...(since ? { since } : {}),
})

type FieldsProps = Readonly<{
  place: HomePlace
  onChange: (fields: Partial<HomePlace>) => void
  isNameMissing: boolean
}>

function PlaceFields({ place, onChange, isNameMissing }: FieldsProps) {
  const { t } = useLingui()
  return (
    <>
      <TextField
        label={t`Name of the care home`}
        value={place.name}
        onChange={(name) => onChange({ name })}
        error={isNameMissing ? t`Write down which care home it is` : undefined}
      />
      <TextField
        label={t`Street and town`}
        value={place.address}
        onChange={(address) => onChange({ address })}
      />
      <TextField
        label={t`Postcode`}
        width={10}
        value={place.postcode}
        onChange={(postcode) => onChange({ postcode })}
      />
      <TextField
        label={t`Phone by day`}
        type="tel"
        width={20}
        value={place.phone}
        onChange={(phone) => onChange({ phone })}
      />
      <TextField
        label={t`Phone at night`}
        type="tel"
        width={20}
        value={place.nightPhone}
        onChange={(nightPhone) => onChange({ nightPhone })}
      />
      <TextField
        label={t`Manager of the home`}
        value={place.manager}
        onChange={(manager) => onChange({ manager })}
      />
    </>
  )
}

type WhichProps = Readonly<{
  homes: readonly HomePlace[]
  choice: string
  isMissing: boolean
  onChoose: (id: string) => void
}>

function WhichHome({ homes, choice, isMissing, onChoose }: WhichProps) {
  const { t } = useLingui()
  return (
    <SelectField
      label={t`Which care home`}
      value={choice}
      onChange={onChoose}
      error={isMissing ? t`Choose a home, or write down a new one` : undefined}
      options={[
        ...(choice === '' ? [{ value: '', label: t`Choose a home` }] : []),
        ...homes.map(({ id, name, postcode }) => ({
          ...{ value: id, label: [name, postcode].filter(Boolean).join(', ') },
        })),
        { value: 'new', label: t`A home that is not in this list` },
      ]}
    />
  )
}

type TypedProps = Readonly<{
  typed: Typed
  onChange: (typed: Typed) => void
  isNameMissing: boolean
}>

function TypedFields({ typed, onChange, isNameMissing }: TypedProps) {
  const { t } = useLingui()
  return (
    <>
      {typed.choice === 'new' ? null : (
        <p className="gable-meta">
          <Trans>
            Name, address, numbers and manager are the same for everybody who lives there. A change
            here is a change for all of them: their plans say what changed, and who changed it.
          </Trans>
        </p>
      )}
      <PlaceFields
        place={typed.place}
        onChange={(fields) => onChange({ ...typed, place: { ...typed.place, ...fields } })}
        isNameMissing={isNameMissing}
      />
      <TextField
        label={t`Key worker`}
        hint={t`Who knows the person best there`}
        value={typed.keyWorker}
        onChange={(keyWorker) => onChange({ ...typed, keyWorker })}
      />
    </>
  )
}
