import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { useDraft } from '#client/forms/use-draft.ts'
import { useRecordForm, useSaveState } from '#client/forms/use-record-form.ts'
import { saveWish, saveWishDocument } from '#client/queries/worse/save-wish.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type WishPart, wishParts } from '#domain/plan/worse/wish-codes.ts'
import {
  type Wish,
  type WishDocument,
  wishDocuments,
  wishIdFor,
} from '#domain/plan/worse/wishes.ts'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { wishDocumentLabels, wishLabels } from '#features/parts/worse/wish-labels.ts'
import { WishDocumentList, WishWords } from '#features/parts/worse/wish-words.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

/** Advance wishes in the person’s words, and which signed documents there are. Carers do not see them. */
export function WishesSection({ view: { house } }: { view: HouseView }) {
  return (
    <section className="gable-section" aria-labelledby="wishes-title">
      <h2 id="wishes-title">
        <Trans>Advance wishes</Trans>
      </h2>
      <p className="gable-meta">
        <Trans>
          For {house.givenName} and professionals. Carers do not see this, whatever is shared.
        </Trans>
      </p>
      {wishParts.map((part) => (
        <OneWish key={part} house={house} part={part} />
      ))}
      <h3>
        <Trans>Signed documents, and who may decide</Trans>
      </h3>
      {house.wishDocuments.length > 0 ? (
        <WishDocumentList documents={house.wishDocuments} />
      ) : (
        <EmptyState title={<Trans>No document is recorded</Trans>} />
      )}
      <AddDocument house={house} />
      <p>
        <Link to={`/people/${house.person}/emergency`}>
          <Trans>Make an emergency card</Trans>
        </Link>
      </p>
    </section>
  )
}

function OneWish({ house, part }: { house: HouseRecord; part: WishPart }) {
  const { t, i18n } = useLingui()
  const [open, setOpen] = useState(false)
  const current = house.wishes.find((each) => each.part === part)
  const me = whoAmI(house.person)
  const person = {
    reference: `Patient/${house.person}`,
    name: house.name,
    voice: 'person',
  } as const
  const id = current?.id ?? wishIdFor(house.person, part)
  const editing = useRecordForm<Wish>({
    key: `wish:${id}`,
    current,
    fresh: { id, person: house.person, part, words: '', saidBy: person, supportedBy: me },
    save: (edit) => saveWish(house.plan?.id, edit),
  })
  const title = i18n._(wishLabels[part])
  if (!open && !editing.isDraft)
    return (
      <div>
        <h3>{title}</h3>
        <WishWords wish={current} />
        <Button variant="link" onClick={() => setOpen(true)}>
          {current?.words ? (
            <Trans>Change</Trans>
          ) : (
            <Trans>Write this together with {house.givenName}</Trans>
          )}
          <span className="nhsuk-u-visually-hidden">: {title}</span>
        </Button>
      </div>
    )
  const isPersons = editing.mine.saidBy?.voice === 'person'
  return (
    <div className="gable-form">
      <TextArea
        label={title}
        rows={3}
        value={editing.mine.words}
        onChange={(words) => editing.change({ words })}
      />
      <Radios
        legend={t`Whose words are these?`}
        name={`said-by-${id}`}
        value={isPersons ? 'person' : 'mine'}
        onChange={(value) =>
          editing.change(value === 'person' ? { saidBy: person, supportedBy: me } : { saidBy: me })
        }
        options={[
          { value: 'person', label: t`${house.givenName}’s own words` },
          { value: 'mine', label: t`Mine: ${me.name}` },
        ]}
      />
      <SaveBar editing={editing} onDone={() => setOpen(false)} />
    </div>
  )
}

const empty = { sort: '', signedOn: '', keptAt: '', link: '', decider: '' }

function AddDocument({ house }: { house: HouseRecord }) {
  const { t, i18n } = useLingui()
  const [open, setOpen] = useState(false)
  const [typed, setTyped, clear] = useDraft(`wish-document:${house.person}`, empty)
  const saving = useSaveState()
  const sort = wishDocuments.find((each) => each === typed.sort)
  const set = (part: Partial<typeof empty>) => setTyped({ ...typed, ...part })
  const save = async () => {
    if (!sort || isUnfinished(typed.signedOn)) return
    const { signedOn, ...rest } = typed
    const document: WishDocument = {
      ...{ ...rest, id: crypto.randomUUID(), person: house.person, sort },
      ...(signedOn ? { signedOn } : {}),
    }
    if (!(await saving.run(() => saveWishDocument(document)))) return
    clear()
    setOpen(false)
  }
  if (!open)
    return (
      <Button variant="link" onClick={() => setOpen(true)}>
        <Trans>Record a signed document or an authority</Trans>
      </Button>
    )
  return (
    <div className="gable-form">
      <SelectField
        label={t`What kind`}
        hint={t`Next of kin alone may not decide for somebody.`}
        value={typed.sort}
        onChange={(value) => set({ sort: value })}
        options={[
          { value: '', label: t`Choose` },
          ...wishDocuments.map((each) => ({
            value: each,
            label: i18n._(wishDocumentLabels[each]),
          })),
        ]}
      />
      {sort === 'lpa' || sort === 'deputy' ? (
        <TextField
          label={t`Who may decide`}
          value={typed.decider}
          onChange={(decider) => set({ decider })}
        />
      ) : null}
      <DateField
        label={t`Signed on`}
        value={typed.signedOn}
        onChange={(signedOn) => set({ signedOn })}
      />
      <TextField
        label={t`Where it is kept`}
        value={typed.keptAt}
        onChange={(keptAt) => set({ keptAt })}
      />
      <TextField
        label={t`Link to it, if it can be read online`}
        value={typed.link}
        onChange={(link) => set({ link })}
      />
      <SaveOrCancel saving={saving} onSave={() => void save()} onCancel={() => setOpen(false)} />
    </div>
  )
}
