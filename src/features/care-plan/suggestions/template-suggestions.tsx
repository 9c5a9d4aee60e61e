import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import {
  acceptTemplateItem,
  applyTemplate,
  dismissTemplateItem,
  templateQueries,
} from '#client/queries/suggestion/templates.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { DecidedWay } from '#domain/suggestion/suggested-change.ts'
import {
  isFromMeeting,
  type SuggestedItem,
  titleOfTemplate,
  waitingItems,
} from '#domain/template/suggested-item.ts'
import type { OfferedTemplate, TemplateKind } from '#domain/template/template.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { useTemplateKindLabels } from '#features/parts/suggestions/template-kind-labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ house: HouseRecord; kinds: readonly TemplateKind[] }>

/** What templates suggest for this person: the team and the person choose, one by one. */
export function TemplateSuggestions({ house, kinds }: Props) {
  const { t } = useLingui()
  const [way, setWay] = useState<DecidedWay>('self')
  const waiting = waitingItems(house.suggestedItems, kinds)
  if (house.died) return null
  return (
    <section className="gable-section" aria-labelledby="template-title">
      <h2 id="template-title">
        <Trans>Suggested by a template or a meeting</Trans>
      </h2>
      {waiting.some((each) => !isFromMeeting(each)) ? <UnverifiedMark what="template" /> : null}
      {waiting.length > 0 ? (
        <Radios
          legend={t`Who is choosing?`}
          name={`way-${kinds.join('-')}`}
          value={way}
          onChange={(value) => setWay(value === 'said' ? 'said' : 'self')}
          options={[
            { value: 'self', label: t`I am, for the team` },
            { value: 'said', label: t`${house.givenName} tells me, and I write it down` },
          ]}
        />
      ) : null}
      {waiting.map((item) => (
        <WaitingItem key={item.id} house={house} item={item} way={way} />
      ))}
      <ApplyTemplate house={house} />
    </section>
  )
}

type Draft = Readonly<{ mode: '' | 'change' | 'no'; words: string; reason: string }>
type ItemProps = Readonly<{ house: HouseRecord; item: SuggestedItem; way: DecidedWay }>

function useItemForm({ house, item, way }: ItemProps) {
  const saving = useSaveState()
  const start: Draft = { mode: '', words: item.words, reason: '' }
  const [draft, setDraft, clear] = useDraft(`template-item:${item.id}`, start)
  const [tried, setTried] = useState(false)
  const person: Who = {
    ...{ reference: `Patient/${house.person}`, name: house.name, voice: 'person' },
  }
  const isMissing = (draft.mode === 'no' ? draft.reason : draft.words).trim() === ''
  const { plan, whatIf } = house
  // the letter after a meeting says that it comes into the plan with the person’s yes alone
  const taking = isFromMeeting(item) ? 'said' : way
  const decide = () =>
    draft.mode === 'no'
      ? dismissTemplateItem(item, draft.reason.trim(), way)
      : acceptTemplateItem({
          ...{ item, way: taking, person, plan, whatIf },
          taken: draft.words.trim(),
        })
  const send = async () => {
    setTried(true)
    if (!isMissing && (await saving.run(decide))) clear()
  }
  return { ...{ draft, saving, send }, set: setDraft, isMissing: tried && isMissing }
}

function WaitingItem(props: ItemProps) {
  const { t } = useLingui()
  const kinds = useTemplateKindLabels()
  const { item } = props
  const form = useItemForm(props)
  const { draft, saving } = form
  const title = titleOfTemplate(item.template)
  const isNo = draft.mode === 'no'
  const addLabel = isFromMeeting(item)
    ? t`${props.house.givenName} says yes: add it to the plan: ${item.words}`
    : t`Add to the plan: ${item.words}`
  return (
    <CheckedForm className="gable-suggestion" onSubmit={form.send}>
      <StateMark state="writing">{kinds[item.kind]}</StateMark>
      <p className="gable-said">{item.words}</p>
      <p className="gable-meta">
        {isFromMeeting(item) ? (
          <Trans>
            Because {item.because}. Written down by {item.by.name}
          </Trans>
        ) : (
          <Trans>
            Because {item.because}, from the template {title}, version {item.version}
          </Trans>
        )}
      </p>
      <ItemField form={form} item={item} />
      <SaveNote saving={saving} />
      <div className="gable-suggestion__deeds">
        <Button
          type="submit"
          pending={saving.pending}
          aria-label={isNo ? t`Dismiss: ${item.words}` : addLabel}
        >
          <Deed {...props} isNo={isNo} />
        </Button>
        <ItemModes form={form} item={item} />
      </div>
    </CheckedForm>
  )
}

function Deed({ house, item, isNo }: ItemProps & Readonly<{ isNo: boolean }>) {
  if (isNo) return <Trans>Dismiss</Trans>
  if (!isFromMeeting(item)) return <Trans>Add to the plan</Trans>
  return <Trans>{house.givenName} says yes: add it to the plan</Trans>
}

type FormProps = Readonly<{ form: ReturnType<typeof useItemForm>; item: SuggestedItem }>

function ItemField({ form: { draft, set, isMissing }, item }: FormProps) {
  const { t } = useLingui()
  if (draft.mode === 'no')
    return (
      <TextField
        label={t`Why does “${item.words}” not fit? It never comes again.`}
        value={draft.reason}
        onChange={(reason) => set({ ...draft, reason })}
        error={isMissing ? t`Say in a word why not` : undefined}
      />
    )
  if (draft.mode === '') return null
  return (
    <TextField
      label={t`The words, as you want them`}
      value={draft.words}
      onChange={(words) => set({ ...draft, words })}
      error={isMissing ? t`Enter the words` : undefined}
    />
  )
}

function ItemModes({ form: { draft, set }, item }: FormProps) {
  const { t } = useLingui()
  const words = item.words
  if (draft.mode !== '')
    return (
      <Button
        variant="link"
        onClick={() => set({ ...draft, mode: '' })}
        aria-label={t`Back: ${words}`}
      >
        <Trans>Back</Trans>
      </Button>
    )
  return (
    <>
      <Button
        variant="outline"
        onClick={() => set({ ...draft, mode: 'change' })}
        aria-label={t`Change the words: ${words}`}
      >
        <Trans>Change the words</Trans>
      </Button>
      <Button
        variant="link"
        onClick={() => set({ ...draft, mode: 'no' })}
        aria-label={t`Does not fit: ${words}`}
      >
        <Trans>Does not fit</Trans>
      </Button>
    </>
  )
}

function ApplyTemplate({ house }: { house: HouseRecord }) {
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <Button variant="link" onClick={() => setOpen(true)}>
        <Trans>Start from a common situation</Trans>
      </Button>
    )
  return (
    <div className="gable-form">
      <ChooseTemplate house={house} onDone={() => setOpen(false)} />
    </div>
  )
}

function ChooseTemplate({ house, onDone }: { house: HouseRecord; onDone: () => void }) {
  const { t } = useLingui()
  const { data: templates = [], isError } = useQuery(templateQueries.offered())
  const [chosen, setChosen] = useState('')
  const inUse = templates.filter(({ retired }) => !retired)
  const template = inUse.find(({ id }) => id === chosen)
  return (
    <>
      {isError ? (
        <p>
          <Trans>We could not load the templates. This needs an internet connection.</Trans>
        </p>
      ) : null}
      <UnverifiedMark what="template" />
      <SelectField
        label={t`Which situation?`}
        hint={t`It only suggests. You and ${house.givenName} choose.`}
        value={chosen}
        onChange={setChosen}
        options={[
          { value: '', label: t`Choose a template` },
          ...inUse.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      {template ? (
        <ItemsOf key={template.id} house={house} template={template} onDone={onDone} />
      ) : (
        <Button variant="link" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      )}
    </>
  )
}

function ItemsOf(props: { house: HouseRecord; template: OfferedTemplate; onDone: () => void }) {
  const { t } = useLingui()
  const { house, template, onDone } = props
  const saving = useSaveState()
  const kinds = useTemplateKindLabels()
  const known = house.suggestedItems
    .filter((each) => each.template === template.id)
    .map((each) => each.item)
  const fresh = template.items.filter(({ id }) => !known.includes(id))
  const [items, setItems] = useState<readonly string[]>(fresh.map(({ id }) => id))
  const [tried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    if (items.length === 0) return
    const done = await saving.run(async () => {
      await applyTemplate(house.person, template.id, items)
    })
    if (done) onDone()
  }
  return (
    <>
      {fresh.length > 0 ? (
        <Checkboxes
          legend={t`What to suggest`}
          name={`items-${template.id}`}
          values={items}
          onChange={setItems}
          error={tried && items.length === 0 ? t`Choose what to suggest` : undefined}
          options={fresh.map((item) => ({
            ...{ value: item.id, label: item.words },
            hint: `${kinds[item.kind]}. ${t`Because ${item.because}`}`,
          }))}
        />
      ) : null}
      {known.length > 0 ? (
        <p className="gable-meta">
          <Plural
            value={known.length}
            one="# part of this template was suggested before and does not come again."
            other="# parts of this template were suggested before and do not come again."
          />
        </p>
      ) : null}
      <p className="gable-meta">
        <Trans>
          Version {template.version}. After:{' '}
          {template.sources.map(({ name, title }) => `${name}, ${title}`).join('; ')}
        </Trans>
      </p>
      {fresh.length > 0 ? (
        <SaveOrCancel
          saving={saving}
          onSave={() => void send()}
          onCancel={onDone}
          save={<Trans>Suggest these</Trans>}
        />
      ) : (
        <Button variant="link" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      )}
    </>
  )
}
