import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { setLimit } from '#client/queries/monitoring/observations.ts'
import { digitsAt } from '#domain/decimal/digits.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { type LimitProblem, problemWithLimit, type ReadingLimit } from '#domain/reading/limits.ts'
import { kindFacts, numbersTyped, type ReadingKind } from '#domain/reading/reading.ts'

import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

const fields = ['low', 'high', 'riseOver', 'riseDays'] as const
type Field = (typeof fields)[number]
type Typed = Record<Field, string>

function typedFrom(limit: ReadingLimit | undefined): Typed {
  const typed = (field: Field) => (limit && digitsAt(limit, field)) ?? String(limit?.[field] ?? '')
  return {
    ...{ low: typed('low'), high: typed('high') },
    ...{ riseOver: typed('riseOver'), riseDays: typed('riseDays') },
  }
}

/** The field that a problem is shown at. */
function fieldOf(problem: LimitProblem, limit: ReadingLimit): Field {
  if (problem === 'rise') return 'riseOver'
  if (problem === 'days') return 'riseDays'
  if (problem === 'empty') return 'low'
  const alone = { kind: limit.kind, ...(limit.low === undefined ? {} : { low: limit.low }) }
  return problem === 'not-possible' && problemWithLimit(alone) === 'not-possible' ? 'low' : 'high'
}

type LimitFormProps = Readonly<{ plan: Plan; kind: ReadingKind; limit: ReadingLimit | undefined }>

/** The agreed limit for one kind of reading; the person is asked to agree to the plan again. */
export function LimitForm({ plan, kind, limit }: LimitFormProps) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(() => typedFrom(limit))
  const [problem, setProblem] = useState<LimitProblem>()
  const [asking, setAsking] = useState(false)
  const saving = useSaveState()
  const unit = kindFacts[kind].unit
  const labels: Typed = {
    low: t`Lower limit (${unit})`,
    high: t`Upper limit (${unit})`,
    riseOver: t`Largest rise (${unit})`,
    riseDays: t`Within how many days`,
  }
  const next = { kind, ...numbersTyped(typed) }
  const keep = async () => {
    setAsking(false)
    if (await saving.run(() => setLimit(plan, next)))
      toast(<Trans>Saved in the plan. The person is asked to agree again.</Trans>)
  }
  const save = () => {
    const found = problemWithLimit(next)
    const takesAway = found === 'empty' && limit !== undefined
    setProblem(takesAway ? undefined : found)
    if (takesAway) setAsking(true)
    else if (!found) void keep()
  }
  const wrong = problem && fieldOf(problem, next)
  return (
    <CheckedForm onSubmit={save}>
      {fields.map((field) => (
        <TextField
          key={field}
          label={labels[field]}
          inputMode="decimal"
          autoComplete="off"
          width={5}
          value={typed[field]}
          onChange={(value) => setTyped({ ...typed, [field]: value })}
          error={problem && wrong === field ? <LimitProblemWords problem={problem} /> : undefined}
        />
      ))}
      <SaveNote saving={saving} />
      <Button type="submit" variant="outline" pending={saving.pending}>
        <Trans>Save in the plan</Trans>
      </Button>
      <Dialog
        title={<Trans>Remove this limit?</Trans>}
        open={asking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button variant="danger" onClick={() => void keep()}>
              <Trans>Remove limit</Trans>
            </Button>
            <Button variant="link" onClick={() => setAsking(false)}>
              <Trans>Keep it</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>Nobody will be alerted about this reading, however high or low it is.</Trans>
        </p>
      </Dialog>
    </CheckedForm>
  )
}

function LimitProblemWords({ problem }: { problem: LimitProblem }) {
  switch (problem) {
    case 'empty':
      return <Trans>Enter at least one number</Trans>
    case 'crossed':
      return <Trans>This must be above the lower limit</Trans>
    case 'not-possible':
      return <Trans>Enter a number that is possible for this reading</Trans>
    case 'rise':
      return <Trans>Enter a number above zero for the rise</Trans>
    case 'days':
      return <Trans>Enter a whole number of days, up to 14</Trans>
  }
}
