import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import {
  letterFile,
  lettersQuery,
  saveLetter,
  withdrawLetter,
} from '#client/queries/discharge/letters.ts'
import { reconciledQuery, saveWardList } from '#client/queries/discharge/medicines.ts'
import { recordQuery } from '#client/queries/patient/record-query.ts'
import {
  bytesIn,
  type DischargeLetter,
  type LetterFault,
  type LetterType,
  letterFault,
  letterFileName,
} from '#domain/discharge/discharge-letter.ts'
import { rowsFromRecord } from '#domain/discharge/rows-from-record.ts'
import { rowsForWardList, type SkippedMedicine, wardList } from '#domain/discharge/ward-list.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** What the hospital sent: its letter, put on the record as a file. */
export function LettersCard({ stay }: { stay: WardStay }) {
  const { data } = useSuspenseQuery(lettersQuery(stay.person))
  const letters = data.filter((each) => each.stay === stay.id)
  return (
    <Card title={<Trans>What the hospital sent</Trans>}>
      {letters.length === 0 ? (
        <p>
          <StateMark state="missing">
            <Trans>No discharge letter yet</Trans>
          </StateMark>
        </p>
      ) : null}
      <ul className="stay-others">
        {letters.map((letter) => (
          <OneLetter key={letter.id} letter={letter} stay={stay} />
        ))}
      </ul>
      <AddLetter stay={stay} />
    </Card>
  )
}

type LetterProps = Readonly<{ letter: Omit<DischargeLetter, 'data'>; stay: WardStay }>

function OneLetter({ letter, stay }: LetterProps) {
  const { t } = useLingui()
  const opening = useSaveState()
  const removing = useSaveState()
  const keep = () =>
    opening.run(async () => {
      const file = await letterFile(letter.id)
      if (!file) return
      // kept as a file, and never opened in this page: what is in it runs nowhere here
      const link = document.createElement('a')
      link.href = URL.createObjectURL(file)
      link.download = letterFileName(letter)
      link.click()
      URL.revokeObjectURL(link.href)
    })
  const remove = async () => {
    if (await removing.run(() => withdrawLetter(letter.id)))
      toast(<Trans>Marked as put here by mistake.</Trans>)
  }
  return (
    <li>
      <StateMark state="agreed">{letter.title || t`Discharge letter`}</StateMark>
      <p className="gable-meta">
        {letter.by.name}, <DateText date={letter.at} withTime />
      </p>
      <Button variant="link" pending={opening.pending} onClick={keep}>
        <Trans>Save the file</Trans>
      </Button>{' '}
      <Button variant="link" pending={removing.pending} onClick={remove}>
        <Trans>Put here by mistake</Trans>
      </Button>
      {letter.contentType === 'application/fhir+json' ? (
        <TakeMedicines letter={letter} stay={stay} />
      ) : null}
      <SaveNote saving={opening} />
      <SaveNote saving={removing} />
    </li>
  )
}

/** What a document in FHIR lists goes beside the medicines of before; nobody’s words are replaced. */
function TakeMedicines({ letter, stay }: LetterProps) {
  const queryClient = useQueryClient()
  const taking = useSaveState()
  const [skipped, setSkipped] = useState<readonly SkippedMedicine[]>([])
  const take = async () => {
    let count = 0
    const isDone = await taking.run(async () => {
      const document = (await (await letterFile(letter.id))?.text()) ?? ''
      const stored = await queryClient.fetchQuery(reconciledQuery(stay.person, stay.id))
      const record = await queryClient.fetchQuery(recordQuery(stay.person))
      const rows = rowsFromRecord(record.medicines, stored, stay)
      const listed = wardList(document)
      const taken = rowsForWardList(rows, listed.medicines, letter.id)
      const about = { person: stay.person, stay: stay.id }
      const left = taken.rows.length > 0 ? await saveWardList(about, taken.rows) : []
      count = taken.rows.length - left.length
      setSkipped([...listed.skipped, ...taken.skipped, ...left])
    })
    if (isDone)
      toast(
        <Plural value={count} one="# medicine taken from it." other="# medicines taken from it." />,
      )
  }
  return (
    <>
      <Button variant="link" pending={taking.pending} onClick={take}>
        <Trans>Put its medicines into the table</Trans>
      </Button>
      <SaveNote saving={taking} />
      <Skipped medicines={skipped} />
    </>
  )
}

const whySkipped: Readonly<Record<SkippedMedicine['why'], MessageDescriptor>> = {
  'not-in-force': msg`The letter marks it as cancelled, a draft or an error`,
  'no-name': msg`The letter gives no name for it. Ask the ward`,
  same: msg`The table says this already`,
  otherwise: msg`The table says something else, which stays. Compare it with the letter`,
}

/** What the letter lists and the table did not take, so that nothing is lost unseen. */
function Skipped({ medicines }: Readonly<{ medicines: readonly SkippedMedicine[] }>) {
  const { t, i18n } = useLingui()
  if (medicines.length === 0) return null
  // one letter may list the same name twice
  const once = new Map(medicines.map((each) => [`${each.why} ${each.name}`, each]))
  return (
    <Notice tone="info" title={<Trans>Not taken from the letter</Trans>}>
      <ul>
        {[...once.values()].map(({ name, why }) => (
          <li key={`${why} ${name}`}>
            {name || t`A medicine without a name`}: {i18n._(whySkipped[why])}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function AddLetter({ stay }: { stay: WardStay }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [fault, setFault] = useState<LetterFault>()
  const faults: Readonly<Record<LetterFault, string>> = {
    type: t`Choose a PDF, or a document in FHIR (.json)`,
    size: t`This file is larger than 2 MB. Scan it with fewer dots, or in black and white`,
    content: t`What is in this file is not what its name says. Ask the ward to send it again`,
  }
  const take = async (file: File | undefined) => {
    if (!file) return
    const contentType: LetterType = file.name.endsWith('.json')
      ? 'application/fhir+json'
      : 'application/pdf'
    const data = await base64Of(file)
    const found = letterFault({ contentType, data })
    setFault(found)
    if (found) return
    const letter = { person: stay.person, stay: stay.id, contentType }
    const whole = { ...letter, title: file.name.slice(0, 120), data, bytes: bytesIn(data) }
    if (await saving.run(() => saveLetter(whole))) toast(<Trans>Saved.</Trans>)
  }
  return (
    <div className={`nhsuk-form-group stay-letter-add ${fault ? 'nhsuk-form-group--error' : ''}`}>
      <label className="nhsuk-label" htmlFor="stay-letter">
        <Trans>Add the discharge letter</Trans>
      </label>
      <p className="nhsuk-hint" id="stay-letter-hint">
        <Trans>A PDF, or a document in FHIR. 2 MB at most.</Trans>
      </p>
      {fault ? (
        <p className="nhsuk-error-message" role="alert">
          {faults[fault]}
        </p>
      ) : null}
      <input
        id="stay-letter"
        type="file"
        className="stay-letter-file"
        accept=".pdf,.json,application/pdf,application/fhir+json"
        aria-describedby="stay-letter-hint"
        onChange={(event) => {
          const input = event.currentTarget
          void take(input.files?.[0]).then(() => {
            input.value = ''
          })
        }}
      />
      <SaveNote saving={saving} />
    </div>
  )
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}
