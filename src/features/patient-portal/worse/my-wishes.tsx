import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { useRecordForm } from '#client/forms/use-record-form.ts'
import { saveWish } from '#client/queries/worse/save-wish.ts'
import { type WishPart, wishParts } from '#domain/plan/worse/wish-codes.ts'
import { type Wish, wishIdFor } from '#domain/plan/worse/wishes.ts'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { wishLabels } from '#features/parts/worse/wish-labels.ts'
import { WishDocumentList, WishWords } from '#features/parts/worse/wish-words.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

/** The person’s own wishes for later, to read and to write. A carer does not see them. */
export function MyWishes({ mine }: { mine: MyHouse }) {
  const { house, isCarer } = mine
  if (isCarer || house.died) return null
  return (
    <section aria-labelledby="my-wishes-title">
      <h2 id="my-wishes-title">
        <Trans>My wishes for later</Trans>
      </h2>
      <p className="my-small">
        <Trans>You and your care team see this. Your family does not, unless you tell them.</Trans>
      </p>
      {wishParts.map((part) => (
        <MyWish key={part} mine={mine} part={part} />
      ))}
      <p>
        <Link to="/my/card">
          <Trans>My emergency card</Trans>
        </Link>
      </p>
      {house.wishDocuments.length > 0 ? <WishDocumentList documents={house.wishDocuments} /> : null}
    </section>
  )
}

function MyWish({ mine: { house, me }, part }: { mine: MyHouse; part: WishPart }) {
  const { i18n } = useLingui()
  const [open, setOpen] = useState(false)
  const current = house.wishes.find((each) => each.part === part)
  const id = current?.id ?? wishIdFor(house.person, part)
  const editing = useRecordForm<Wish>({
    key: `wish:${id}`,
    current,
    fresh: { id, person: house.person, part, words: '', saidBy: me },
    save: ({ base, mine: { supportedBy: _helper, ...own } }) =>
      saveWish(house.plan?.id, { base, mine: { ...own, saidBy: me } }),
  })
  const title = i18n._(wishLabels[part])
  return (
    <section aria-label={title} className="my-section">
      <h3>{title}</h3>
      {open || editing.isDraft ? (
        <>
          <TextArea
            label={title}
            rows={3}
            value={editing.mine.words}
            onChange={(words) => editing.change({ words })}
          />
          <SaveBar
            save={<Trans>Save my words</Trans>}
            editing={editing}
            onDone={() => setOpen(false)}
          />
        </>
      ) : (
        <>
          <WishWords wish={current} />
          <Button variant="outline" onClick={() => setOpen(true)}>
            {current?.words ? <Trans>Change my words</Trans> : <Trans>Write this</Trans>}
            <span className="nhsuk-u-visually-hidden">: {title}</span>
          </Button>
        </>
      )}
    </section>
  )
}
