import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday, dayHere } from '#client/clock.ts'
import { useRecordForm } from '#client/forms/use-record-form.ts'
import { saveNeed } from '#client/queries/care-plan/goals.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type NeedKind, needKinds } from '#domain/plan/need-kind.ts'
import type { Need } from '#domain/plan/plan.ts'
import { needKindLabels } from '#features/care-plan/labels.ts'
import { SentenceSuggestions } from '#features/care-plan/suggestions/sentence-suggestions.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { savedWithUndo } from '#features/parts/undo/saved-with-undo.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Earlier } from './earlier-versions.tsx'
import { WhenText } from './when-text.tsx'

/** One need; dashed when nobody can meet it yet. */
export function NeedLine({ house, need }: { house: HouseRecord; need: Need }) {
  const { t, i18n } = useLingui()
  const restrictionOf = useRestrictions()
  const [open, setOpen] = useState(false)
  const editing = useNeed(house, need)
  if (open || editing.isDraft) {
    return <NeedForm editing={editing} onDone={() => setOpen(false)} isKnown />
  }
  return (
    <div className={need.unmet ? 'gable-need is-unmet' : 'gable-need'}>
      <b>{need.words}</b>
      {need.kind ? <span className="gable-meta">{i18n._(needKindLabels[need.kind])}</span> : null}
      {need.unmet ? (
        <StateMark state="missing">
          <Trans>Nobody can meet this yet</Trans>
        </StateMark>
      ) : null}
      <p className="gable-meta">
        <AskedBy need={need} />
      </p>
      <Earlier record={need} />
      <RestrictedMark restriction={restrictionOf(`Condition/${need.id}`)} />
      <Button variant="link" onClick={() => setOpen(true)} aria-label={t`Change: ${need.words}`}>
        <Trans>Change</Trans>
      </Button>
      <SentenceSuggestions house={house} record={`Condition/${need.id}`} place="words" />
    </div>
  )
}

function AskedBy({ need: { askedOn, written, kind } }: { need: Need }) {
  const name = written?.by.name
  if (askedOn && kind === 'strength')
    return name ? (
      <Trans>
        Said on <WhenText at={dayHere(askedOn)} />, written by {name}
      </Trans>
    ) : (
      <Trans>
        Said on <WhenText at={dayHere(askedOn)} />
      </Trans>
    )
  if (!askedOn) return name ?? null
  if (!name)
    return (
      <Trans>
        Asked on <WhenText at={dayHere(askedOn)} />
      </Trans>
    )
  return (
    <Trans>
      Asked on <WhenText at={dayHere(askedOn)} />, written by {name}
    </Trans>
  )
}

type NewNeedProps = Readonly<{ house: HouseRecord; unmet?: boolean; kind?: NeedKind }>

export function NewNeed({ house, unmet = false, kind }: NewNeedProps) {
  const [open, setOpen] = useState(false)
  const editing = useNeed(house, undefined, { unmet, kind })
  if (!open && !editing.isDraft) {
    return (
      <Button variant="link" onClick={() => setOpen(true)}>
        <AddWhat unmet={unmet} kind={kind} />
      </Button>
    )
  }
  return <NeedForm editing={editing} onDone={() => setOpen(false)} />
}

function AddWhat({ unmet, kind }: Readonly<{ unmet: boolean; kind: NeedKind | undefined }>) {
  if (kind === 'strength') return <Trans>Add a strength</Trans>
  return unmet ? <Trans>Add a need nobody can meet yet</Trans> : <Trans>Add a need</Trans>
}

type Begun = Readonly<{ unmet?: boolean; kind?: NeedKind | undefined }>

function useNeed(
  house: HouseRecord,
  current: Need | undefined,
  { unmet = false, kind }: Begun = {},
) {
  const { plan, person } = house
  return useRecordForm<Need>({
    key: `need:${current?.id ?? `new-${kind === 'strength' ? kind : unmet}-${person}`}`,
    current,
    fresh: {
      ...{ id: crypto.randomUUID(), person, words: '', unmet, resolved: false },
      ...(kind ? { kind } : {}),
      askedOn: clockToday(),
    },
    save: savedWithUndo('Condition', plan?.id, (edit) => saveNeed(plan, edit)),
  })
}

function KindOfNeed(props: { kind: NeedKind | undefined; onChange: (kind: NeedKind) => void }) {
  const { t, i18n } = useLingui()
  const { kind, onChange } = props
  return (
    <SelectField
      label={t`What kind of need is it?`}
      value={kind ?? ''}
      onChange={(value) => {
        const chosen = needKinds.find((each) => each === value)
        if (chosen) onChange(chosen)
      }}
      options={[
        ...(kind ? [] : [{ value: '', label: t`Not said` }]),
        ...needKinds
          .filter((each) => each !== 'strength')
          .map((each) => ({ value: each, label: i18n._(needKindLabels[each]) })),
      ]}
    />
  )
}

function NeedForm(props: {
  editing: ReturnType<typeof useNeed>
  onDone: () => void
  /** it is in the plan, and can be taken out of it */
  isKnown?: boolean
}) {
  const { t } = useLingui()
  const { editing, onDone, isKnown = false } = props
  const { mine, change } = editing
  const [tried, setTried] = useState(false)
  const isEmpty = mine.words.trim() === ''
  const isStrength = mine.kind === 'strength'
  return (
    <div className="gable-form">
      <TextField
        label={
          isStrength
            ? t`What the person is good at, or can build on`
            : t`What the person needs, or is worried about`
        }
        value={mine.words}
        onChange={(words) => change({ words })}
        error={tried && isEmpty ? t`Enter what the person needs` : undefined}
      />
      {isStrength ? null : <KindOfNeed kind={mine.kind} onChange={(kind) => change({ kind })} />}
      <StateOfNeed {...{ mine, change, isKnown }} />
      <SaveBar
        editing={editing}
        onDone={onDone}
        isWhole={() => {
          setTried(true)
          return !isEmpty
        }}
      />
    </div>
  )
}

type StateProps = Readonly<{
  mine: Need
  change: (fields: Partial<Need>) => void
  isKnown: boolean
}>

function StateOfNeed({ mine, change, isKnown }: StateProps) {
  const { t } = useLingui()
  const isStrength = mine.kind === 'strength'
  const isOver = isStrength ? t`Remove it from the plan` : t`It is met: remove it from the plan`
  const options = [
    ...(isStrength ? [] : [{ value: 'unmet', label: t`Nobody can meet this yet` }]),
    ...(isKnown ? [{ value: 'resolved', label: isOver }] : []),
  ]
  if (options.length === 0) return null
  return (
    <Checkboxes
      legend={t`Status`}
      name={`need-${mine.id}`}
      values={[...(mine.unmet ? ['unmet'] : []), ...(mine.resolved ? ['resolved'] : [])]}
      onChange={(chosen) =>
        change({ unmet: chosen.includes('unmet'), resolved: chosen.includes('resolved') })
      }
      options={options}
    />
  )
}
