import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { now } from '#data/clock.ts'
import { useDraft } from '#data/drafts.ts'
import { addReading } from '#data/readings.ts'
import { useSaving } from '#data/use-editing.ts'
import { Button } from '#design/button.tsx'
import { Dialog } from '#design/dialog.tsx'
import { TextField } from '#design/text-field.tsx'
import {
  isUnusual,
  kindFacts,
  numberFrom,
  problemWith,
  type Reading,
  type ReadingKind,
} from '#domain/reading/reading.ts'
import { useReadingWords } from './reading-words.tsx'
import { SaveNote } from './save-note.tsx'

type Typed = Readonly<{ id: string; value: string; second: string }>
const fresh = (): Typed => ({ id: crypto.randomUUID(), value: '', second: '' })

/** A reading being typed: what is impossible is refused, what is rare is asked about again. */
function useReading(person: string, kind: ReadingKind, onSaved: () => void) {
  const [first, setFirst] = useState(fresh)
  const [typed, setTyped, clear] = useDraft<Typed>(`reading-${person}-${kind}`, first)
  const [tried, setTried] = useState(false)
  const [asking, setAsking] = useState(false)
  const saving = useSaving()
  const isPair = kind === 'blood-pressure'
  const reading: Reading = {
    ...{ id: typed.id, person, kind, value: numberFrom(typed.value), at: now().toISOString() },
    ...(isPair ? { second: numberFrom(typed.second) } : {}),
  }
  const problem = problemWith(reading, reading.at)
  const keep = async () => {
    setAsking(false)
    if (!(await saving.run(() => addReading(reading)))) return
    clear()
    // the next reading is another record
    setFirst(fresh())
    setTried(false)
    onSaved()
  }
  const submit = () => {
    setTried(true)
    if (problem) return
    if (isUnusual(reading)) setAsking(true)
    else void keep()
  }
  return {
    typed,
    setTyped,
    tried,
    asking,
    setAsking,
    saving,
    isPair,
    reading,
    problem,
    keep,
    submit,
  }
}

export function ReadingForm({
  person,
  kind,
  onSaved = () => undefined,
}: Readonly<{ person: string; kind: ReadingKind; onSaved?: () => void }>) {
  const { t } = useLingui()
  const words = useReadingWords()
  const form = useReading(person, kind, onSaved)
  const { typed, setTyped, problem, saving } = form
  const unit = kindFacts[kind].unit
  const error = form.tried && problem ? words.problem(kind, problem) : undefined
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      <TextField
        label={form.isPair ? t`Upper number (${unit})` : t`${words.name(kind)} (${unit})`}
        inputMode="decimal"
        width={5}
        value={typed.value}
        onChange={(value) => setTyped({ ...typed, value })}
        error={error}
      />
      {form.isPair ? (
        <TextField
          label={t`Lower number (${unit})`}
          inputMode="decimal"
          width={5}
          value={typed.second}
          onChange={(second) => setTyped({ ...typed, second })}
        />
      ) : null}
      <SaveNote saving={saving} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Save the reading</Trans>
      </Button>
      <Dialog
        title={<Trans>Is {words.value(form.reading)} right?</Trans>}
        open={form.asking}
        onClose={() => form.setAsking(false)}
        actions={
          <>
            <Button onClick={() => void form.keep()}>
              <Trans>Yes, save it</Trans>
            </Button>
            <Button variant="outline" onClick={() => form.setAsking(false)}>
              <Trans>No, let me change it</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>That is unusual. Please look at the number once more.</Trans>
        </p>
      </Dialog>
    </form>
  )
}
