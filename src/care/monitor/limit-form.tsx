import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { setLimit } from '#data/readings.ts'
import { useSaving } from '#data/use-editing.ts'
import { Button } from '#design/button.tsx'
import { TextField } from '#design/text-field.tsx'
import { toast } from '#design/toasts.tsx'
import type { Plan } from '#domain/plan/plan.ts'
import { type LimitProblem, problemWithLimit, type ReadingLimit } from '#domain/reading/limits.ts'
import { kindFacts, numberFrom, type ReadingKind } from '#domain/reading/reading.ts'
import { SaveNote } from './save-note.tsx'

const fields = ['low', 'high', 'riseOver', 'riseDays'] as const
type Typed = Record<(typeof fields)[number], string>

const typedFrom = (limit: ReadingLimit | undefined): Typed => ({
  ...{ low: String(limit?.low ?? ''), high: String(limit?.high ?? '') },
  ...{ riseOver: String(limit?.riseOver ?? ''), riseDays: String(limit?.riseDays ?? '') },
})

const limitFrom = (kind: ReadingKind, typed: Typed): ReadingLimit =>
  Object.assign(
    { kind },
    ...fields
      .filter((field) => typed[field].trim() !== '')
      .map((field) => ({ [field]: numberFrom(typed[field]) })),
  )

/** What is agreed about one kind of reading; the person is asked to agree to the plan anew. */
export function LimitForm({
  plan,
  kind,
  limit,
}: Readonly<{ plan: Plan; kind: ReadingKind; limit: ReadingLimit | undefined }>) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(() => typedFrom(limit))
  const [problem, setProblem] = useState<LimitProblem>()
  const saving = useSaving()
  const unit = kindFacts[kind].unit
  const labels: Typed = {
    low: t`Not below (${unit})`,
    high: t`Not above (${unit})`,
    riseOver: t`Not up by more than (${unit})`,
    riseDays: t`within how many days`,
  }
  const save = async () => {
    const next = limitFrom(kind, typed)
    const found = problemWithLimit(next)
    setProblem(found)
    if (found && !(found === 'empty' && limit)) return
    setProblem(undefined)
    if (await saving.run(() => setLimit(plan, next)))
      toast(<Trans>The limit is in the plan.</Trans>)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {fields.map((field, place) => (
        <TextField
          key={field}
          label={labels[field]}
          inputMode="decimal"
          width={5}
          value={typed[field]}
          onChange={(value) => setTyped({ ...typed, [field]: value })}
          error={place === 0 && problem ? <LimitProblemWords problem={problem} /> : undefined}
        />
      ))}
      <SaveNote saving={saving} />
      <Button type="submit" variant="outline" pending={saving.pending}>
        <Trans>Put it in the plan</Trans>
      </Button>
    </form>
  )
}

function LimitProblemWords({ problem }: { problem: LimitProblem }) {
  switch (problem) {
    case 'empty':
      return <Trans>Write at least one number</Trans>
    case 'crossed':
      return <Trans>The lower limit must be below the upper one</Trans>
    case 'not-possible':
      return <Trans>No reading could ever be there</Trans>
    case 'rise':
      return <Trans>The rise must be more than nothing</Trans>
  }
}
