import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { addEasyRead } from '#client/queries/other-forms/easy-reads.ts'
import type { EasyEntry } from '#domain/plan/easy-read/easy-entries.ts'
import { type EasyPictureName, easyPictures } from '#domain/plan/easy-read/easy-read.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { pictureLabels } from '#features/parts/whole-plan/picture-labels.ts'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { EasyPicture } from '#ui/pictures/easy-picture.tsx'

type TypedLine = Readonly<{ words: string; picture: string }>
type Typed = Readonly<{ id: string; lines: readonly TypedLine[]; withPerson: boolean }>
type FormProps = Readonly<{ entry: EasyEntry; person: string; onDone: () => void }>

const emptyLine: TypedLine = { words: '', picture: '' }
/** A line that is longer is more than one idea. */
const longest = 60
const most = 4

const pictureOf = (name: string): EasyPictureName | undefined =>
  easyPictures.find((each) => each === name)

/** The easy lines for one thing that the plan says, each with a picture. What is typed is kept like every other draft. */
export function EasyReadForm({ entry, person, onDone }: FormProps) {
  const { t } = useLingui()
  const saving = useSaveState()
  const key = `easy-read:${entry.source}:${entry.detail}`
  const [typed, setTyped, clear, , settle] = useDraft<Typed>(key, {
    ...{ id: '', withPerson: true },
    lines: entry.made?.lines.map(({ words, picture = '' }) => ({ words, picture })) ?? [emptyLine],
  })
  const [tried, setTried] = useState(false)
  const change = (more: Partial<Typed>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...more })
  const lines = typed.lines.filter(({ words }) => words.trim() !== '')
  const faultOf = (line: TypedLine, place: number) => {
    if (line.words.trim().length > longest)
      return t`Make this line shorter: one idea, at most 60 letters`
    return lines.length === 0 && place === 0 ? t`Enter a short line` : undefined
  }
  const save = async () => {
    setTried(true)
    if (typed.lines.some(faultOf)) return
    const done = await saving.run(() =>
      addEasyRead({
        ...{
          id: typed.id || crypto.randomUUID(),
          person,
          source: entry,
          withPerson: typed.withPerson,
        },
        lines: lines.map(({ words, picture }) => ({
          words: words.trim(),
          picture: pictureOf(picture),
        })),
      }),
    )
    if (done && settle(typed, asAnother)) onDone()
  }
  return (
    <div className="gable-form easy-write__form">
      {typed.lines.map((line, place) => (
        <LineFields
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text stay in their places
          key={place}
          number={place + 1}
          line={line}
          error={tried ? faultOf(line, place) : undefined}
          onChange={(changed) => change({ lines: typed.lines.with(place, changed) })}
        />
      ))}
      {typed.lines.length < most ? (
        <Button variant="link" onClick={() => change({ lines: [...typed.lines, emptyLine] })}>
          <Trans>Add a line</Trans>
        </Button>
      ) : null}
      <Checkboxes
        legend={t`Who made it`}
        values={typed.withPerson ? ['with'] : []}
        onChange={(values) => change({ withPerson: values.includes('with') })}
        options={[{ value: 'with', label: t`The person helped to choose the words and pictures` }]}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void save()}
        onCancel={() => {
          clear()
          onDone()
        }}
        save={<Trans>Save the easy lines</Trans>}
      />
    </div>
  )
}

type LineProps = Readonly<{
  number: number
  line: TypedLine
  error: string | undefined
  onChange: (line: TypedLine) => void
}>

function LineFields({ number, line, error, onChange }: LineProps) {
  const { t, i18n } = useLingui()
  const picture = pictureOf(line.picture)
  return (
    <div className="easy-write__line">
      {picture ? <EasyPicture name={picture} size={64} /> : null}
      <TextField
        label={t`Line ${number}`}
        value={line.words}
        onChange={(words) => onChange({ ...line, words })}
        {...(error ? { error } : {})}
      />
      <SelectField
        label={t`Picture for line ${number}`}
        value={line.picture}
        onChange={(name) => onChange({ ...line, picture: name })}
        options={[
          { value: '', label: t`No picture` },
          ...easyPictures.map((name) => ({ value: name, label: i18n._(pictureLabels[name]) })),
        ]}
      />
    </div>
  )
}
