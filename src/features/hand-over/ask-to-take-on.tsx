import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { askToTakeOn } from '#client/queries/coordination/hand-over.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { Stays } from '#domain/team/who-stays.ts'
import { WhoSeesAfter } from '#features/parts/who-sees-after.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { HandOverProblem } from './hand-over-problem.tsx'

type Fields = Readonly<{ id: string; to: string; from: string; why: string }>
type Props = Readonly<{ person: string; by: Who; practices: readonly Who[]; stays: Stays }>

/** The practice that the person is registered with asks another to take the person on. */
export function AskToTakeOn({ person, by, practices, stays }: Props) {
  const { t } = useLingui()
  const [fresh] = useState<Fields>(() => ({
    ...{ id: crypto.randomUUID(), to: '', from: clockToday(), why: '' },
  }))
  const [fields, setFields, clear] = useDraft<Fields>(`hand-over:${person}`, fresh)
  const [tried, setTried] = useState(false)
  const [sure, setSure] = useState(false)
  const work = useAsyncAction()
  const { id, to: chosen, from, why } = fields
  const to = practices.find(({ reference }) => reference === chosen)
  const faults = {
    to: to ? undefined : t`Select a practice`,
    from:
      isUnfinished(from) || from < clockToday() ? t`Enter today’s date or a later date` : undefined,
    why: why.trim() === '' ? t`Enter a reason, so that they can decide` : undefined,
  }
  const shown = (fault: string | undefined) => (tried ? fault : undefined)
  const change = (part: Partial<Fields>) => setFields({ ...fields, ...part })
  const review = () => {
    setTried(true)
    if (!Object.values(faults).some(Boolean)) setSure(true)
  }
  const send = async () => {
    if (!to) return
    const asking = { id, person, by, to, from, why: why.trim() }
    const what = t`Transfer from ${by.name}`
    if (!(await work.run(() => askToTakeOn(asking, what)))) return
    clear()
    toast(<Trans>{to.name} has been asked</Trans>)
  }
  return (
    <CheckedForm
      className="hand-over-form"
      aria-label={t`Hand over to another practice`}
      onSubmit={review}
    >
      <h2>
        <Trans>Hand over to another practice</Trans>
      </h2>
      <SelectField
        label={t`Which practice?`}
        hint={t`They can read this record as soon as you ask, so that they can decide.`}
        value={chosen}
        onChange={(next) => change({ to: next })}
        error={shown(faults.to)}
        options={[
          { value: '', label: t`Choose a practice` },
          ...practices
            .filter(({ reference }) => reference !== by.reference)
            .map(({ reference, name }) => ({ value: reference, label: name || reference })),
        ]}
      />
      <DateField
        label={t`From which date?`}
        hint={t`They can accept on this date or later, not before.`}
        value={from}
        onChange={(next) => change({ from: next })}
        error={shown(faults.from)}
      />
      <TextArea
        label={t`Why?`}
        hint={t`The other practice and the person can read this.`}
        rows={3}
        value={why}
        onChange={(next) => change({ why: next })}
        error={shown(faults.why)}
      />
      <Button type="submit">
        <Trans>Continue</Trans>
      </Button>
      <Dialog
        title={<Trans>Ask {to?.name} to take this person on?</Trans>}
        open={sure}
        onClose={() => setSure(false)}
        actions={
          <>
            <Button pending={work.pending} onClick={() => void send()}>
              <Trans>Yes, ask them</Trans>
            </Button>
            <Button variant="link" onClick={() => setSure(false)}>
              <Trans>Not now</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            {to?.name} can read the record straight away. The person is told. If they accept:
          </Trans>
        </p>
        {to ? <WhoSeesAfter {...{ by, to, stays }} /> : null}
        <HandOverProblem failure={work.failure} />
      </Dialog>
    </CheckedForm>
  )
}
