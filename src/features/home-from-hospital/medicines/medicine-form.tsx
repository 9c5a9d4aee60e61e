import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveMedicineRow } from '#client/queries/discharge/medicines.ts'
import {
  type ListedMedicine,
  type MedicineRow,
  medicineChange,
  medicineFault,
  medicineMatch,
  needsSorting,
  nothingListed,
} from '#domain/discharge/medicine-row.ts'
import type { ReconciledRow } from '#domain/discharge/reconciled-row.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import type { Who } from '#domain/plan/plan.ts'
import { medicineChangeLabels } from '#features/home-from-hospital/labels.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { WhoField } from '#features/parts/who/who-field.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type Typed = Readonly<{
  row: ReconciledRow
  /** when the row was written from which this began */
  seen: string
  task: string
  owner?: Who | undefined
  dueOn: string
}>

const fresh = (): ReconciledRow => ({
  ...{ id: crypto.randomUUID(), name: '', before: { says: 'not', how: '' } },
  ...{ ward: { says: 'has', how: '' }, hand: nothingListed, why: '', knows: '' },
})

type Props = Readonly<{ stay: WardStay; row: ReconciledRow | undefined; onDone: () => void }>

/** A task needs both; without either no task is made. */
function taskIn({ row, owner, dueOn, task: id }: Typed) {
  const isWanted = needsSorting(row) && !row.task && (owner !== undefined || dueOn !== '')
  if (!isWanted) return { isUnfinished: false, task: undefined }
  if (!owner || dueOn === '' || isUnfinished(dueOn)) return { isUnfinished: true, task: undefined }
  return { isUnfinished: false, task: { id, kind: 'medicine' as const, owner, dueOn } }
}

function useMedicineForm({ stay, row, onDone }: Props) {
  const { t } = useLingui()
  const [start] = useState(
    (): Typed => ({
      ...{ row: row ?? fresh(), seen: row?.written?.at ?? '' },
      ...{ task: crypto.randomUUID(), dueOn: '' },
    }),
  )
  const key = `medicine-${stay.id}-${row?.id ?? 'new'}`
  const [typed, setTyped, clear, , settle] = useDraft<Typed>(key, start)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const { row: mine } = typed
  const fault = medicineFault(mine)
  const asked = taskIn(typed)
  const save = async () => {
    setTried(true)
    if (fault || asked.isUnfinished) return
    const what =
      medicineMatch(mine) === 'does-not-match'
        ? t`Sort out ${mine.name}: what they take is not what the ward says`
        : t`Find out about ${mine.name}: nobody has said whether it goes on`
    const wish = { person: stay.person, stay: stay.id, row: mine, seen: typed.seen || undefined }
    const task = asked.task && { ...asked.task, what }
    if (!(await saving.run(() => saveMedicineRow({ ...wish, task })))) return
    settle(typed)
    toast(<Trans>Saved.</Trans>)
    onDone()
  }
  return {
    ...{ typed, setTyped, saving, save, fault, tried },
    isTaskUnfinished: tried && asked.isUnfinished,
    cancel() {
      clear()
      onDone()
    },
  }
}

/** One medicine: what each list says, why, and who knows. A row that needs somebody becomes a task with owner and day. */
export function MedicineForm(props: Props) {
  const { t } = useLingui()
  const { typed, setTyped, saving, save, fault, tried, isTaskUnfinished, cancel } =
    useMedicineForm(props)
  const { row: mine } = typed
  const change = (fields: Partial<MedicineRow>) =>
    setTyped({ ...typed, row: { ...mine, ...fields } })
  return (
    <CheckedForm
      className="stay-medicine-form"
      onSubmit={save}
      aria-label={mine.name || t`A medicine`}
    >
      <TextField
        label={t`Medicine`}
        value={mine.name}
        onChange={(name) => change({ name })}
        error={tried && fault === 'no-name' ? t`Enter the name of the medicine` : undefined}
      />
      <div className="stay-medicine-form__lists">
        <ListedFields
          legend={t`Before the stay`}
          not={t`Did not have it`}
          value={mine.before}
          onChange={(before) => change({ before })}
        />
        <ListedFields
          legend={t`The ward’s list`}
          not={t`Stopped, or not to take`}
          value={mine.ward}
          onChange={(ward) => change({ ward })}
        />
        <ListedFields
          legend={t`In their hand now`}
          not={t`Does not take it`}
          value={mine.hand}
          onChange={(hand) => change({ hand })}
        />
      </div>
      <TextField
        label={t`Why, if anybody said`}
        value={mine.why}
        onChange={(why) => change({ why })}
      />
      <TextField
        label={t`Who knows`}
        hint={t`Who said it, or who can be asked`}
        value={mine.knows}
        onChange={(knows) => change({ knows })}
      />
      <SoFar row={mine} />
      {needsSorting(mine) && !mine.task ? (
        <TaskFields typed={typed} setTyped={setTyped} isUnfinished={isTaskUnfinished} />
      ) : null}
      {fault === 'too-long' ? (
        <p className="nhsuk-error-message">{t`Write 400 characters at most, in each box`}</p>
      ) : null}
      <SaveNote saving={saving} />
      <div className="stay-medicine-form__bar">
        <Button type="submit" pending={saving.pending}>
          <Trans>Save this medicine</Trans>
        </Button>
        <Button variant="link" onClick={cancel}>
          <Trans>Do not save</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}

function SoFar({ row }: { row: MedicineRow }) {
  const { i18n } = useLingui()
  const change = i18n._(medicineChangeLabels[medicineChange(row)])
  return (
    <p aria-live="polite">
      {medicineMatch(row) === 'does-not-match' ? (
        <Trans>So: {change}. What they take does not match</Trans>
      ) : (
        <Trans>So: {change}</Trans>
      )}
    </p>
  )
}

type TaskProps = Readonly<{
  typed: Typed
  setTyped: (typed: Typed) => void
  isUnfinished: boolean
}>

/** Who sorts it out, and by when. */
function TaskFields({ typed, setTyped, isUnfinished: isWrong }: TaskProps) {
  const { t } = useLingui()
  const { owner, dueOn } = typed
  return (
    <fieldset className="nhsuk-fieldset">
      <legend className="nhsuk-fieldset__legend">
        <Trans>Somebody has to sort this out</Trans>
      </legend>
      <WhoField
        label={t`Who does it`}
        value={owner?.reference ?? ''}
        onChange={(next) => setTyped({ ...typed, owner: next })}
        error={isWrong && !owner ? t`Choose who does it` : undefined}
      />
      <DateField
        label={t`By which day`}
        value={dueOn}
        onChange={(next) => setTyped({ ...typed, dueOn: next })}
        error={isWrong && !dueOn ? t`Enter a day` : undefined}
      />
    </fieldset>
  )
}

type ListedProps = Readonly<{
  legend: string
  not: string
  value: ListedMedicine
  onChange: (value: ListedMedicine) => void
}>

function ListedFields({ legend, not, value, onChange }: ListedProps) {
  const { t } = useLingui()
  return (
    <div>
      <Radios
        small
        legend={legend}
        name={legend}
        value={value.says}
        onChange={(says) =>
          onChange({ says: says as ListedMedicine['says'], how: says === 'has' ? value.how : '' })
        }
        options={[
          { value: 'has', label: t`Has it` },
          { value: 'not', label: not },
          { value: 'unknown', label: t`Nobody has said` },
        ]}
      />
      {value.says === 'has' ? (
        <TextField
          label={t`Dose, and when: ${legend}`}
          value={value.how}
          onChange={(how) => onChange({ ...value, how })}
        />
      ) : null}
    </div>
  )
}
