import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { colleaguesQuery } from '#client/queries/coordination/care-team.ts'
import { saveProgramme } from '#client/queries/programmes/programmes.ts'
import {
  endReasons,
  type Programme,
  type ProgrammeField,
  pauseReasons,
  programmeFault,
} from '#domain/programme/programme.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { ContentFields } from './content-fields.tsx'
import { CriterionFields } from './criterion-fields.tsx'
import { reasonLabels } from './programme-labels.ts'
import { StepProblem } from './step-problem.tsx'

const empty = (): Programme => ({
  ...{ id: crypto.randomUUID(), version: 0, title: '', purpose: '', retired: false },
  ...{ criteria: [{ words: '' }], pauses: ['in-hospital', 'asked-break'], notWith: [] },
  ends: ['goal-reached', 'moved', 'died', 'asked-to-stop', 'no-contact'],
  ...{ monthsWithoutContact: 3, contents: [{ kind: 'contact', weeks: 4 }] },
})

type Props = Readonly<{
  /** absent: a new one */
  programme?: Programme
  others: readonly Programme[]
  onClose: () => void
}>

/** Defines a programme, or its next version. What was typed stays until it is saved. */
export function ProgrammeForm({ programme, others, onClose }: Props) {
  const { t, i18n } = useLingui()
  const [fresh] = useState(() => programme ?? empty())
  const draft = `programme-definition:${programme?.id ?? 'new'}`
  const [fields, setFields, clear] = useDraft<Programme>(draft, fresh)
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const change = (part: Partial<Programme>) => setFields({ ...fields, ...part })
  const fault = programmeFault(fields)
  const newest = programme?.version ?? 0
  const save = async () => {
    setTried(true)
    if (fault || work.pending || !(await work.run(() => saveProgramme(fields)))) return
    clear()
    toast(t`Saved as version ${fields.version + 1}`)
    onClose()
  }
  const faultOf = (field: ProgrammeField) =>
    tried && fault?.field === field ? `${fault.words}.` : undefined
  const reasons = (all: readonly (keyof typeof reasonLabels)[]) =>
    all
      .filter((each) => each !== 'other')
      .map((value) => ({ value, label: i18n._(reasonLabels[value]) }))
  return (
    <CheckedForm
      className="programme-form"
      aria-label={programme ? t`Change the definition` : t`Add a programme`}
      onSubmit={save}
    >
      <h2>{programme ? <Trans>Change the definition</Trans> : <Trans>Add a programme</Trans>}</h2>
      <TextField
        label={t`Name`}
        value={fields.title}
        onChange={(title) => change({ title })}
        error={faultOf('title')}
      />
      <TextArea
        label={t`What it is for`}
        rows={2}
        value={fields.purpose}
        onChange={(purpose) => change({ purpose })}
        error={faultOf('purpose')}
      />
      <OwnerField programme={fields} change={change} />
      <CriterionFields
        criteria={fields.criteria}
        tried={tried}
        error={faultOf('criteria')}
        onChange={(criteria) => change({ criteria })}
      />
      <ContentFields
        contents={fields.contents}
        tried={tried}
        error={faultOf('contents')}
        onChange={(contents) => change({ contents })}
      />
      <Checkboxes
        legend={t`What pauses it`}
        values={fields.pauses}
        onChange={(values) =>
          change({ pauses: pauseReasons.filter((each) => values.includes(each)) })
        }
        options={reasons(pauseReasons)}
      />
      <Checkboxes
        legend={t`What ends it`}
        values={fields.ends}
        onChange={(values) => change({ ends: endReasons.filter((each) => values.includes(each)) })}
        options={reasons(endReasons)}
      />
      <TextField
        label={t`Months without contact after which somebody asks whether it ends (0: never)`}
        inputMode="numeric"
        value={String(fields.monthsWithoutContact)}
        onChange={(months) => change({ monthsWithoutContact: Number(months.replace(/\D/g, '')) })}
        error={faultOf('months')}
      />
      <ExcludesField programme={fields} others={others} change={change} />
      <Checkboxes
        legend={t`In use`}
        values={fields.retired ? ['retired'] : []}
        onChange={(values) => change({ retired: values.includes('retired') })}
        options={[{ value: 'retired', label: t`Not in use any more: nobody new is invited` }]}
      />
      {tried && fault ? (
        <Notice tone="danger" title={<Trans>Not saved</Trans>}>
          <p>{fault.words}.</p>
        </Notice>
      ) : null}
      {fields.version === newest ? (
        <StepProblem failure={work.failure} />
      ) : (
        <MovedOn newest={newest} onGoOn={() => change({ version: newest })} />
      )}
      <TwoWaysOut
        pending={work.pending}
        save={<Trans>Save this version</Trans>}
        onCancel={() => {
          clear()
          onClose()
        }}
      />
    </CheckedForm>
  )
}

/** Somebody saved another version since this one was begun: nothing of theirs is overwritten unseen. */
function MovedOn({ newest, onGoOn }: Readonly<{ newest: number; onGoOn: () => void }>) {
  return (
    <Notice tone="danger" title={<Trans>Somebody saved version {newest} meanwhile</Trans>}>
      <p>
        <Trans>
          What you typed is still here. Compare it with version {newest} on this page. If you go on
          and save, yours becomes the next version.
        </Trans>
      </p>
      <Button variant="outline" onClick={onGoOn}>
        <Trans>Go on with mine</Trans>
      </Button>
    </Notice>
  )
}

type Change = (part: Partial<Programme>) => void

function OwnerField({ programme, change }: Readonly<{ programme: Programme; change: Change }>) {
  const { t } = useLingui()
  const { data } = useQuery(colleaguesQuery)
  const staff = (data?.staff ?? []).map(({ who }) => who)
  return (
    <SelectField
      label={t`Owner`}
      hint={t`May change the definition, as an administrator may.`}
      value={programme.owner?.reference ?? ''}
      onChange={(chosen) => {
        const who = staff.find(({ reference }) => reference === chosen)
        const { owner: _before, ...rest } = programme
        change({ ...rest, ...(who ? { owner: { reference: who.reference, name: who.name } } : {}) })
      }}
      options={[
        { value: '', label: t`Nobody` },
        ...staff.map(({ reference, name }) => ({ value: reference, label: name })),
      ]}
    />
  )
}

type ExcludesProps = Readonly<{
  programme: Programme
  others: readonly Programme[]
  change: Change
}>

function ExcludesField({ programme, others, change }: ExcludesProps) {
  const { t } = useLingui()
  const choices = others.filter(({ id }) => id !== programme.id)
  if (choices.length === 0) return null
  return (
    <Checkboxes
      legend={t`Not at the same time as`}
      values={programme.notWith}
      onChange={(notWith) => change({ notWith })}
      options={choices.map(({ id, title }) => ({ value: id, label: title }))}
    />
  )
}
