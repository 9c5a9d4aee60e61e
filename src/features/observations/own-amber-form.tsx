import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { sayOwnAmber, takeBackOwnAmber } from '#client/queries/own-amber/own-amber.ts'
import {
  longestOwnAmber,
  type OwnAmberLimit,
  type OwnAmberProblem,
  problemWithOwnAmber,
} from '#domain/reading/own-amber.ts'
import { kindFacts, numbersTyped, type ReadingKind, readingKinds } from '#domain/reading/reading.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

const fields = ['below', 'above', 'up', 'days'] as const
type Field = (typeof fields)[number]
type Typed = Readonly<{ id: string; words: string; kind: string } & Record<Field, string>>

const fresh = (): Typed => ({
  ...{ id: crypto.randomUUID(), words: '', kind: '' },
  ...{ below: '', above: '', up: '', days: '' },
})

/** Days alone are no number of a limit. */
function limitTyped(typed: Typed): OwnAmberLimit | undefined {
  const kind = readingKinds.find((each) => each === typed.kind)
  if (!kind) return undefined
  const { below, above, up, days } = typed
  return { kind, ...numbersTyped(up.trim() === '' ? { below, above } : { below, above, up, days }) }
}

const fieldOf: Readonly<Record<OwnAmberProblem, Field | 'words'>> = {
  ...{ 'no-words': 'words', 'too-long': 'words', 'no-number': 'below' },
  ...{ below: 'below', above: 'above', crossed: 'above', up: 'up', days: 'days' },
}

type Props = Readonly<{ person: string; isOwn: boolean; onDone: () => void }>

/** One’s own sign of an amber day, in one’s own words, and in numbers if there are any. */
export function OwnAmberForm({ person, isOwn, onDone }: Props) {
  const { t } = useLingui()
  const labels = useReadingLabels()
  const [first] = useState(fresh)
  const [typed, setTyped, clear] = useDraft<Typed>(`own-amber-${person}`, first)
  const [problem, setProblem] = useState<OwnAmberProblem>()
  const saving = useSaveState()
  const limit = limitTyped(typed)
  const said = { words: typed.words, ...(limit && { limit }) }
  const save = async () => {
    const found = problemWithOwnAmber(said)
    setProblem(found)
    if (found) return
    if (!(await saving.run(() => sayOwnAmber({ id: typed.id, person, ...said })))) return
    clear()
    toast(<Trans>Saved. Your team can read it.</Trans>, () => takeBackOwnAmber(typed.id))
    onDone()
  }
  const error = (field: Field | 'words') =>
    problem && fieldOf[problem] === field ? <ProblemWords problem={problem} /> : undefined
  return (
    <CheckedForm aria-label={t`Your own amber sign`} onSubmit={save}>
      <TextArea
        label={
          isOwn
            ? t`What tells you that it is an amber day?`
            : t`What tells you that it is an amber day for them?`
        }
        hint={t`For example: sleeping in the chair.`}
        value={typed.words}
        onChange={(words) => setTyped({ ...typed, words })}
        readOnly={saving.pending}
        error={error('words')}
        rows={2}
      />
      <SelectField
        label={t`Is there a reading that shows it?`}
        hint={t`Then this page says so when you save such a reading.`}
        value={typed.kind}
        onChange={(kind) => setTyped({ ...typed, kind })}
        options={[
          { value: '', label: t`No, words alone` },
          ...readingKinds.map((each) => ({ value: each, label: labels.name(each) })),
        ]}
      />
      {limit ? (
        <Numbers
          kind={limit.kind}
          typed={typed}
          error={error}
          change={(more) => setTyped({ ...typed, ...more })}
        />
      ) : null}
      <SaveNote saving={saving} />
      <TwoWaysOut
        pending={saving.pending}
        onCancel={onDone}
        save={<Trans>Save the amber sign</Trans>}
      />
    </CheckedForm>
  )
}

type NumbersProps = Readonly<{
  kind: ReadingKind
  typed: Typed
  error: (field: Field) => ReactNode
  change: (more: Partial<Typed>) => void
}>

function Numbers({ kind, typed, error, change }: NumbersProps) {
  const { t } = useLingui()
  const { unit } = kindFacts[kind]
  const names: Readonly<Record<Field, string>> = {
    below: t`Below (${unit})`,
    above: t`Above (${unit})`,
    up: t`Up by this much or more (${unit})`,
    days: t`Within how many days`,
    // the lower number is not compared
    ...(kind === 'blood-pressure'
      ? {
          below: t`Upper number below (${unit})`,
          above: t`Upper number above (${unit})`,
          up: t`Upper number up by this much or more (${unit})`,
        }
      : {}),
  }
  return fields.map((field) => (
    <TextField
      key={field}
      label={names[field]}
      inputMode="decimal"
      autoComplete="off"
      width={5}
      value={typed[field]}
      onChange={(value) => change({ [field]: value })}
      error={error(field)}
    />
  ))
}

function ProblemWords({ problem }: { problem: OwnAmberProblem }) {
  switch (problem) {
    case 'no-words':
      return <Trans>Write it in your own words</Trans>
    case 'too-long':
      return <Trans>This is too long. Write {longestOwnAmber} characters at most</Trans>
    case 'no-number':
      return <Trans>Enter at least one number, or choose words alone</Trans>
    case 'below':
    case 'above':
    case 'up':
      return <Trans>Enter a number that is possible for this reading</Trans>
    case 'crossed':
      return <Trans>This must be above the number below</Trans>
    case 'days':
      return <Trans>Enter a whole number of days, up to 14</Trans>
  }
}
