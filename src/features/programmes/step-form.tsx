import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { addProgrammeStep } from '#client/queries/programmes/programmes.ts'
import { endReasons, type Programme, pauseReasons } from '#domain/programme/programme.ts'
import {
  longestWords,
  outreachOutcomes,
  outreachWays,
  type ProgrammeEntry,
  type ProgrammeStep,
  type StepFault,
  type StepKind,
  stepFault,
} from '#domain/programme/programme-entry.ts'
import type { WhyLeftOut } from '#domain/programme/why-left-out.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { outcomeLabels, reasonLabels, stepLabels, wayLabels } from './programme-labels.ts'
import { StepProblem } from './step-problem.tsx'

type Fields = Readonly<{
  newId: string
  day: string
  way: string
  outcome: string
  callBackOn: string
  reason: string
  words: string
  against: string
}>

const empty = (): Fields => ({
  ...{ newId: crypto.randomUUID(), day: clockToday(), way: '', outcome: '', callBackOn: '' },
  ...{ reason: '', words: '', against: '' },
})

type Props = Readonly<{
  person: string
  kind: StepKind
  programme: Programme | undefined
  /** absent: an invitation to this programme */
  entry?: ProgrammeEntry
  /** the record shows another thing, or another programme excludes this one */
  asksWhy?: boolean
  leftOut?: WhyLeftOut | undefined
  onClose: () => void
  /** true while a step is on its way to the service */
  onSaving?: (isSaving: boolean) => void
  onSaved?: () => void
}>

/** One step: its day, what came of it, and why. What was typed stays until it is saved. */
export function StepForm(props: Props) {
  const { t, i18n } = useLingui()
  const { kind, programme, leftOut } = props
  const { fields, change, fault, asksWhy, whyMissing, work, save, cancel } = useStep(props)
  const tooLong = (text: string) =>
    fault === 'too-long' && text.length > longestWords
      ? t`Write ${longestWords} characters at most: there are ${text.length}`
      : undefined
  const wordsFault = (text: string) => (fault === 'words' ? t`Enter a few words` : tooLong(text))
  return (
    <CheckedForm className="programme-form" aria-label={i18n._(stepLabels[kind])} onSubmit={save}>
      <DateField
        label={t`On which day?`}
        value={fields.day}
        onChange={(day) => change({ day })}
        error={dayFaults.includes(fault ?? 'way') ? <DayFault fault={fault} /> : undefined}
      />
      {kind === 'attempt' ? <AttemptFields {...{ fields, change, fault }} /> : null}
      {kind === 'paused' || kind === 'ended' ? (
        <ReasonField {...{ kind, programme, leftOut, fields, change, fault }} />
      ) : null}
      <TextArea
        label={t`In words`}
        hint={t`The person can read this.`}
        rows={2}
        value={fields.words}
        onChange={(words) => change({ words })}
        error={wordsFault(fields.words)}
      />
      {asksWhy ? (
        <TextArea
          label={t`Why all the same?`}
          hint={t`The record shows another thing, they said no before, or another programme excludes this one. You decide.`}
          rows={2}
          value={fields.against}
          onChange={(against) => change({ against })}
          error={whyMissing ? t`Enter a reason` : tooLong(fields.against)}
        />
      ) : null}
      <StepProblem failure={work.failure} />
      <TwoWaysOut pending={work.pending} save={i18n._(stepLabels[kind])} onCancel={cancel} />
    </CheckedForm>
  )
}

/** What is typed, what is missing once somebody tried, and saving it. */
function useStep(props: Props) {
  const { person, kind, programme, entry, onClose, onSaving, onSaved } = props
  const { t } = useLingui()
  const [fresh] = useState(empty)
  const about = entry ? entry.id : (programme?.id ?? '')
  const [fields, setFields, clear] = useDraft<Fields>(`programme:${person}:${about}:${kind}`, fresh)
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const steps = entry?.steps ?? []
  // what the caller may not see can speak against it too: the service says so, and a reason is enough
  const isRefused = work.failure instanceof FhirError && work.failure.status === 422
  const asksWhy = props.asksWhy || (isRefused && (kind === 'invited' || kind === 'entered'))
  const step = stepIn(fields, kind)
  const fault = stepFault(step, { steps, today: clockToday() })
  const whyMissing = asksWhy && fields.against.trim() === ''
  const close = () => {
    clear()
    onClose()
  }
  const save = async () => {
    setTried(true)
    if (fault || whyMissing || work.pending) return
    const to = entry
      ? { programme: entry.programme, entry: entry.id }
      : { programme: about, entry: '', newId: fields.newId }
    const { words, against } = fields
    const asked = { ...step, ...to, words, against, seen: steps.length }
    onSaving?.(true)
    const isSaved = await work.run(() => addProgrammeStep(person, asked))
    onSaving?.(false)
    if (!isSaved) return
    toast(t`Saved`)
    onSaved?.()
    close()
  }
  return {
    ...{ fields, work, save, cancel: close },
    change: (part: Partial<Fields>) => setFields({ ...fields, ...part }),
    fault: tried ? fault : undefined,
    asksWhy,
    whyMissing: tried && whyMissing,
  }
}

type Sent = Omit<ProgrammeStep, 'at' | 'by'>

function stepIn(fields: Fields, kind: StepKind): Sent {
  const of = <T extends string>(all: readonly T[], said: string) =>
    all.find((each) => each === said)
  const way = of(outreachWays, fields.way)
  const outcome = of(outreachOutcomes, fields.outcome)
  const reason = of([...pauseReasons, ...endReasons], fields.reason)
  return {
    ...{ kind, day: fields.day, words: fields.words },
    ...(kind === 'attempt' && way ? { way } : {}),
    ...(kind === 'attempt' && outcome ? { outcome } : {}),
    ...(outcome === 'call-back' && fields.callBackOn ? { callBackOn: fields.callBackOn } : {}),
    ...(reason ? { reason } : {}),
  }
}

const dayFaults: readonly StepFault[] = ['day', 'in-future', 'before-last']

function DayFault({ fault }: { fault: StepFault | undefined }) {
  if (fault === 'day') return <Trans>Enter a day</Trans>
  if (fault === 'in-future') return <Trans>Enter today’s date or an earlier one</Trans>
  return <Trans>This is before the step that came last</Trans>
}

type PartProps = Readonly<{
  fields: Fields
  change: (part: Partial<Fields>) => void
  fault: StepFault | undefined
}>

function AttemptFields({ fields, change, fault }: PartProps) {
  const { t, i18n } = useLingui()
  return (
    <>
      <SelectField
        label={t`How did you try?`}
        value={fields.way}
        onChange={(way) => change({ way })}
        error={fault && !fields.way ? t`Choose how` : undefined}
        options={[
          { value: '', label: t`Choose` },
          ...outreachWays.map((value) => ({ value, label: i18n._(wayLabels[value]) })),
        ]}
      />
      <SelectField
        label={t`What came of it?`}
        value={fields.outcome}
        onChange={(outcome) => change({ outcome })}
        error={fault && !fields.outcome ? t`Choose what came of it` : undefined}
        options={[
          { value: '', label: t`Choose` },
          ...outreachOutcomes.map((value) => ({ value, label: i18n._(outcomeLabels[value]) })),
        ]}
      />
      {fields.outcome === 'call-back' ? (
        <DateField
          label={t`Call back on`}
          value={fields.callBackOn}
          onChange={(callBackOn) => change({ callBackOn })}
          error={fault === 'call-back' ? t`Enter that day or a later one` : undefined}
        />
      ) : null}
    </>
  )
}

type Reasons = Pick<Props, 'kind' | 'programme' | 'leftOut'>

/** “Died” is the reason of somebody whose death is on the record, and their only one. */
function reasonsFor({ kind, programme, leftOut }: Reasons): readonly string[] {
  if (kind === 'paused') return [...(programme?.pauses ?? []), 'other']
  if (leftOut === 'died') return ['died']
  const ends = (programme?.ends ?? []).filter((each) => each !== 'died')
  return [...ends, 'asked-to-stop', 'other']
}

/** The reasons that the programme names, and another one. */
function ReasonField(props: PartProps & Reasons) {
  const { t, i18n } = useLingui()
  const { fields, change, fault } = props
  const named = reasonsFor(props)
  const offered = [...pauseReasons, ...endReasons].filter((each) => named.includes(each))
  return (
    <SelectField
      label={t`Why?`}
      hint={
        props.kind === 'ended' && props.leftOut !== 'died'
          ? t`If the person has died, record the death first, under “Review”.`
          : undefined
      }
      value={fields.reason}
      onChange={(reason) => change({ reason })}
      error={fault && !fields.reason ? t`Choose a reason` : undefined}
      options={[
        { value: '', label: t`Choose a reason` },
        ...[...new Set(offered)].map((value) => ({ value, label: i18n._(reasonLabels[value]) })),
      ]}
    />
  )
}
