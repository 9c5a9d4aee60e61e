import { Trans, useLingui } from '@lingui/react/macro'
import {
  kindFacts,
  type Reading,
  type ReadingKind,
  type ReadingProblem,
} from '#domain/reading/reading.ts'
import { readingUnits } from '#domain/reading/units.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { type NewObservation, useNewObservation } from './new-observation.ts'

const aboutTime: readonly ReadingProblem[] = ['no-day', 'in-the-future', 'long-ago']

type FormProps = Readonly<{
  person: string
  kind: ReadingKind
  onSaved?: (saved: Reading) => void
}>

/** One reading, now or earlier. */
export function ObservationForm({ person, kind, onSaved = () => undefined }: FormProps) {
  const form = useNewObservation(person, kind, onSaved)
  return (
    <CheckedForm onSubmit={form.submit}>
      <Amounts form={form} kind={kind} />
      <p role="status">{form.converted ? <KeptAs form={form} /> : null}</p>
      <WhenMeasured form={form} kind={kind} />
      <SaveNote saving={form.saving} />
      <Button type="submit" pending={form.saving.pending}>
        <Trans>Save the reading</Trans>
      </Button>
      <IsThatRight form={form} />
    </CheckedForm>
  )
}

/** What was typed in another unit, and how it is kept: “12 st 4 lb, kept as 78.0 kg”. */
function KeptAs({ form: { typed, isPair, reading } }: { form: NewObservation }) {
  const words = useReadingLabels()
  const said = isPair ? `${typed.value}/${typed.second}` : typed.value
  return (
    <Trans>
      {said}, kept as {words.value(reading)}
    </Trans>
  )
}

type PartProps = Readonly<{ form: NewObservation; kind: ReadingKind }>

function Amounts({ form, kind }: PartProps) {
  const { t } = useLingui()
  const words = useReadingLabels()
  const { typed, problem, change, isPair } = form
  const { unit } = kindFacts[kind]
  const isLower = problem === 'lower-number'
  const error = problem && !aboutTime.includes(problem) ? words.problem(kind, problem) : undefined
  return (
    <>
      <TextField
        label={isPair ? t`Upper number (${unit})` : t`${words.name(kind)} (${unit})`}
        {...(readingUnits[kind].length > 1 ? {} : { inputMode: 'decimal' as const })}
        autoComplete="off"
        width={10}
        value={typed.value}
        onChange={(value) => change({ value })}
        error={isLower ? undefined : error}
      />
      {isPair ? (
        <TextField
          label={t`Lower number (${unit})`}
          {...(readingUnits[kind].length > 1 ? {} : { inputMode: 'decimal' as const })}
          autoComplete="off"
          width={10}
          value={typed.second}
          onChange={(second) => change({ second })}
          error={isLower ? error : undefined}
        />
      ) : null}
    </>
  )
}

function WhenMeasured({ form, kind }: PartProps) {
  const { t } = useLingui()
  const words = useReadingLabels()
  const { typed, problem, change } = form
  const error = problem && aboutTime.includes(problem) ? words.problem(kind, problem) : undefined
  return (
    <>
      <Radios
        legend={t`When was it measured?`}
        name={`when-${kind}`}
        value={typed.earlier ? 'earlier' : 'now'}
        onChange={(value) => change({ earlier: value === 'earlier' })}
        options={[
          { value: 'now', label: t`Just now` },
          { value: 'earlier', label: t`Earlier` },
        ]}
      />
      {typed.earlier ? (
        <>
          <DateField
            label={t`Day`}
            value={typed.day}
            onChange={(day) => change({ day })}
            error={error}
          />
          <TextField
            label={t`Time, if you know it`}
            type="time"
            width={10}
            value={typed.hour}
            onChange={(hour) => change({ hour })}
          />
        </>
      ) : null}
    </>
  )
}

function IsThatRight({ form }: { form: NewObservation }) {
  const words = useReadingLabels()
  return (
    <Dialog
      title={<Trans>Is {words.value(form.reading)} right?</Trans>}
      open={form.asking}
      onClose={form.cancel}
      actions={
        <>
          <Button onClick={() => void form.keep()}>
            <Trans>Yes, save it</Trans>
          </Button>
          <Button variant="outline" onClick={form.cancel}>
            <Trans>No, let me change it</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>That is unusual. Please check the number.</Trans>
      </p>
    </Dialog>
  )
}
