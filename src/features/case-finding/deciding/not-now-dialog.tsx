import { Plural, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { addDays } from '#domain/calendar/days.ts'
import { type DecisionFault, decisionFault, longestReason } from '#domain/case/decide-people.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { type Decidable, type Decisions, decidableName } from './use-decisions.tsx'

export type NotNow = 'defer' | 'decline'

type Props = Readonly<{
  people: readonly Decidable[]
  begin: NotNow
  decisions: Decisions
  onClose: () => void
}>

/** Not now: until a day, or until somebody reopens it; with the reason, which stays while it is typed. */
export function NotNowDialog({ people, begin, decisions, onClose }: Props) {
  const { t } = useLingui()
  const [kind, setKind] = useState<NotNow>(begin)
  const [reason, setReason, forgetReason] = useDraft('not-now', '')
  const [day, setDay] = useState(() => addDays(clockToday(), 28))
  const [tried, setTried] = useState(false)
  const decision = { decision: kind, reason, ...(kind === 'defer' ? { lookAgain: day } : {}) }
  const fault = decisionFault(decision, clockToday())
  const faults = useFaultWords()
  const shown = tried && fault ? faults[fault] : undefined
  const error = shown ? { error: shown } : {}
  const save = async () => {
    setTried(true)
    if (fault) return
    if (await decisions.decide(people, decision)) forgetReason()
    onClose()
  }
  const [only] = people
  return (
    <Dialog
      open
      title={
        people.length === 1 && only ? (
          t`Not now: ${decidableName(only)}`
        ) : (
          <Plural value={people.length} one="Not now: # person" other="Not now: # people" />
        )
      }
      onClose={onClose}
      actions={
        <TwoWaysOut pending={decisions.pending} onSave={() => void save()} onCancel={onClose} />
      }
    >
      <Radios
        legend={t`Until when?`}
        name="not-now"
        value={kind}
        onChange={(value) => setKind(value === 'decline' ? 'decline' : 'defer')}
        options={[
          { value: 'defer', label: t`Look again on a day` },
          { value: 'decline', label: t`Not on the list until somebody reopens it` },
        ]}
      />
      {kind === 'defer' ? (
        <DateField
          label={t`Look again on`}
          hint={t`On this day the person comes back to the top of the list by themselves.`}
          value={day}
          onChange={setDay}
          {...(isOfDay(fault) ? error : {})}
        />
      ) : null}
      <TextArea
        label={t`Why not now?`}
        hint={t`Colleagues read this beside the name.`}
        value={reason}
        onChange={setReason}
        {...(isOfDay(fault) ? {} : error)}
      />
    </Dialog>
  )
}

const isOfDay = (fault: DecisionFault | undefined) => fault?.includes('day') ?? false

function useFaultWords(): Readonly<Record<DecisionFault, string>> {
  const { t } = useLingui()
  return {
    'no-reason': t`Enter a reason`,
    'long-reason': t`A reason has ${longestReason} characters at most`,
    'no-day': t`Enter the day to look again`,
    'day-passed': t`The day to look again must be after today`,
    'day-too-late': t`Choose a day within a year, or take the person off the list`,
  }
}
