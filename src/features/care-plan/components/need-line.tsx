import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday, dayHere } from '#client/clock.ts'
import { useRecordForm } from '#client/forms/use-record-form.ts'
import { saveNeed } from '#client/queries/care-plan/goals.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Need } from '#domain/plan/plan.ts'
import { SentenceSuggestions } from '#features/care-plan/suggestions/sentence-suggestions.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Earlier } from './earlier-versions.tsx'
import { SaveBar } from './save-bar.tsx'
import { WhenText } from './when-text.tsx'

/** One need; dashed when nobody can meet it yet. */
export function NeedLine({ house, need }: { house: HouseRecord; need: Need }) {
  const { t } = useLingui()
  const restrictionOf = useRestrictions()
  const [open, setOpen] = useState(false)
  const editing = useNeed(house, need)
  if (open || editing.isDraft) {
    return <NeedForm editing={editing} onDone={() => setOpen(false)} />
  }
  return (
    <div className={need.unmet ? 'gable-need is-unmet' : 'gable-need'}>
      <b>{need.words}</b>
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

function AskedBy({ need: { askedOn, written } }: { need: Need }) {
  const name = written?.by.name
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

export function NewNeed({ house, unmet = false }: { house: HouseRecord; unmet?: boolean }) {
  const [open, setOpen] = useState(false)
  const editing = useNeed(house, undefined, unmet)
  if (!open && !editing.isDraft) {
    return (
      <Button variant="link" onClick={() => setOpen(true)}>
        {unmet ? <Trans>Add a need nobody can meet yet</Trans> : <Trans>Add a need</Trans>}
      </Button>
    )
  }
  return <NeedForm editing={editing} onDone={() => setOpen(false)} />
}

function useNeed(house: HouseRecord, current: Need | undefined, unmet = false) {
  const { plan, person } = house
  return useRecordForm<Need>({
    key: `need:${current?.id ?? `new-${unmet}-${person}`}`,
    current,
    fresh: {
      ...{ id: crypto.randomUUID(), person, words: '', unmet, resolved: false },
      askedOn: clockToday(),
    },
    save: (edit) => saveNeed(plan, edit),
  })
}

function NeedForm(props: { editing: ReturnType<typeof useNeed>; onDone: () => void }) {
  const { t } = useLingui()
  const { editing, onDone } = props
  const { mine, change } = editing
  const [tried, setTried] = useState(false)
  const isEmpty = mine.words.trim() === ''
  const values = [...(mine.unmet ? ['unmet'] : []), ...(mine.resolved ? ['resolved'] : [])]
  return (
    <div className="gable-form">
      <TextField
        label={t`What the person needs, or is worried about`}
        value={mine.words}
        onChange={(words) => change({ words })}
        error={tried && isEmpty ? t`Enter what the person needs` : undefined}
      />
      <Checkboxes
        legend={t`Status`}
        name={`need-${mine.id}`}
        values={values}
        onChange={(chosen) =>
          change({ unmet: chosen.includes('unmet'), resolved: chosen.includes('resolved') })
        }
        options={[
          { value: 'unmet', label: t`Nobody can meet this yet` },
          { value: 'resolved', label: t`It is met: remove it from the plan` },
        ]}
      />
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
