import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { keepCycle } from '#client/queries/insight/learning-cycles.ts'
import {
  cycleFault,
  mostCycleLetters,
  mostTriedLetters,
  tidyCycle,
} from '#domain/outcome/cycle/cycle-fault.ts'
import {
  type CycleDecision,
  cycleDecisions,
  type LearningCycle,
  type LearningCycles,
} from '#domain/outcome/cycle/learning-cycle.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { cycleDecisionLabels } from './cycle-decision-labels.ts'
import { cycleRequestOf, type TypedCycle, typedCycle } from './typed-cycle.ts'
import { useCycleErrors } from './use-cycle-errors.ts'

type Props = Readonly<{
  all: LearningCycles
  /** absent: a new one */
  cycle?: LearningCycle
  onDone: () => void
}>

type PartProps = Readonly<{
  typed: TypedCycle
  change: (typed: Partial<TypedCycle>) => void
  errors: ReturnType<typeof useCycleErrors>
}>

/** What is tried, and what came of it. What is typed is kept until it is saved. */
export function CycleForm({ all, cycle, onDone }: Props) {
  const { t } = useLingui()
  const [typed, setTyped, clear] = useDraft<TypedCycle>(
    `learning-cycle-${cycle?.id ?? 'new'}`,
    typedCycle(cycle, all.own),
  )
  const [hasTried, setTried] = useState(false)
  const saving = useSaveState()
  const asked = cycleRequestOf(typed)
  const known = { today: all.today, own: all.own }
  const errors = useCycleErrors(asked && hasTried ? cycleFault(asked, known) : undefined)
  const change = (part: Partial<TypedCycle>) => setTyped({ ...typed, ...part })
  const save = async () => {
    setTried(true)
    if (!asked || cycleFault(asked, known)) return
    if (!(await saving.run(() => keepCycle(tidyCycle(asked))))) return
    clear()
    onDone()
  }
  const parts = { typed, change, errors }
  return (
    <CheckedForm
      aria-label={cycle ? t`Change what was tried` : t`Try something new`}
      onSubmit={save}
    >
      <WhatAndWhere {...parts} all={all} isFigureWrong={hasTried && !asked} />
      {typed.version > 0 ? <WhatCameOfIt {...parts} /> : null}
      {cycle && cycle.version !== typed.version ? (
        <Changed cycle={cycle} onGoOn={() => change({ version: cycle.version })} />
      ) : null}
      <SaveNote saving={saving} />
      <TwoWaysOut
        pending={saving.pending}
        onCancel={() => {
          clear()
          onDone()
        }}
        cancel={<Trans>Discard</Trans>}
      />
    </CheckedForm>
  )
}

function WhatAndWhere({
  typed,
  change,
  errors,
  all: { measures, partners },
  isFigureWrong,
}: PartProps & Readonly<{ all: LearningCycles; isFigureWrong: boolean }>) {
  const { t } = useLingui()
  return (
    <>
      <TextField
        label={t`What we tried, in a few words`}
        hint={t`It stands on the chart. No names of people, please: all partners read this.`}
        value={typed.tried}
        onChange={(tried) => change({ tried })}
        error={errors.tried}
        maxLength={mostTriedLetters}
      />
      <TextArea
        label={t`What we hoped`}
        hint={t`No names of people, please.`}
        value={typed.hoped}
        onChange={(hoped) => change({ hoped })}
        error={errors.hoped}
        maxLength={mostCycleLetters}
        rows={2}
      />
      <SelectField
        label={t`On which measure it should show`}
        value={typed.measure}
        onChange={(measure) => change({ measure })}
        error={errors.measure}
        options={[
          { value: '', label: t`None of ours` },
          ...measures.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      <TextField
        label={t`The figure we hoped for`}
        hint={t`A number such as 85. You can leave this empty.`}
        value={typed.figure}
        onChange={(figure) => change({ figure })}
        error={isFigureWrong ? t`Write a number, such as 85 or 12.5` : undefined}
        inputMode="decimal"
        width={5}
      />
      <DateField
        label={t`The day on which it began`}
        value={typed.from}
        onChange={(from) => change({ from })}
        error={errors.from}
      />
      <Checkboxes
        legend={t`Where`}
        values={typed.places}
        onChange={(places) => change({ places })}
        error={errors.places}
        options={partners.map(({ organisation, name }) => ({ value: organisation, label: name }))}
      />
    </>
  )
}

function WhatCameOfIt({ typed, change, errors }: PartProps) {
  const { t, i18n } = useLingui()
  return (
    <>
      <TextArea
        label={t`What happened`}
        hint={t`No names of people, please.`}
        value={typed.happened}
        onChange={(happened) => change({ happened })}
        error={errors.happened}
        maxLength={mostCycleLetters}
        rows={3}
      />
      <SelectField
        label={t`What we decided`}
        value={typed.decision}
        onChange={(decision) => change({ decision: decision as CycleDecision })}
        options={cycleDecisions.map((each) => ({
          ...{ value: each, label: i18n._(cycleDecisionLabels[each]) },
        }))}
      />
      {typed.decision === 'open' ? null : (
        <DateField
          label={t`The day of the decision`}
          value={typed.decidedOn}
          onChange={(decidedOn) => change({ decidedOn })}
          error={errors.decidedOn}
        />
      )}
      {typed.decision === 'go-on' ? (
        <DateField
          label={t`It goes on until`}
          value={typed.until}
          onChange={(until) => change({ until })}
          error={errors.until}
        />
      ) : null}
    </>
  )
}

function Changed({ cycle, onGoOn }: Readonly<{ cycle: LearningCycle; onGoOn: () => void }>) {
  const { i18n } = useLingui()
  const decision = i18n._(cycleDecisionLabels[cycle.decision])
  return (
    <Notice
      tone="warning"
      title={<Trans>{cycle.by} has changed this since you began</Trans>}
      actions={
        <Button variant="outline" onClick={onGoOn}>
          <Trans>I have read it: keep mine</Trans>
        </Button>
      }
    >
      <p>
        <bdi>{[cycle.tried, cycle.hoped, cycle.happened, decision].filter(Boolean).join('. ')}</bdi>
      </p>
    </Notice>
  )
}
