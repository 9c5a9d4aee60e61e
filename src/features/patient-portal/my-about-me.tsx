import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useRecordForm } from '#client/forms/use-record-form.ts'
import { saveAboutMe } from '#client/queries/care-plan/about-me.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { type AboutMe, type AboutMeSectionName, aboutMeIdFor } from '#domain/plan/about-me.ts'
import { Comma } from '#features/parts/language/comma.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { savedWithUndo } from '#features/parts/undo/saved-with-undo.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { EarlierText } from '#ui/text/earlier-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { DayText } from './day-text.tsx'
import { useSectionLabels } from './labels.ts'
import { MySuggestChange } from './suggestions/my-suggest-change.tsx'
import type { MyHouse } from './use-my-house.ts'

/** One section of About me, to read and to write. */
export function MyAboutMe({ mine, section }: { mine: MyHouse; section: AboutMeSectionName }) {
  const { house, me } = mine
  const [open, setOpen] = useState(false)
  const current = house.aboutMe.find((each) => each.section === section)
  const id = current?.id ?? aboutMeIdFor(house.person, section)
  const editing = useRecordForm<AboutMe>({
    key: `about-me:${id}`,
    current,
    fresh: { id, person: house.person, section, words: '', saidBy: me },
    save: savedWithUndo('Observation', house.plan?.id, ({ base, mine: said }) => {
      const { supportedBy: _helper, ...own } = said
      return saveAboutMe(house.plan?.id, { base, mine: { ...own, saidBy: me } })
    }),
  })
  const title = useSectionLabels(mine)(section)
  // a carer writes their own words, never over those of the person
  const isMine = !current?.words || current.saidBy?.reference === me.reference || !mine.isCarer
  return (
    <section aria-label={title} className="my-section">
      <h2>{title}</h2>
      {open || editing.isDraft ? (
        <>
          <TextArea
            label={title}
            rows={4}
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
          <MyWords mine={mine} about={current} />
          {mine.mayWrite('me') && isMine ? (
            <OpenForm
              hasWords={Boolean(current?.words)}
              title={title}
              onOpen={() => setOpen(true)}
            />
          ) : null}
        </>
      )}
    </section>
  )
}

/** What is there is changed by a link; what is missing asks to be written. */
function OpenForm(props: Readonly<{ hasWords: boolean; title: string; onOpen: () => void }>) {
  const { hasWords, title, onOpen } = props
  return (
    <Button variant={hasWords ? 'link' : 'outline'} onClick={onOpen}>
      {hasWords ? <Trans>Change my words</Trans> : <Trans>Write this</Trans>}
      <span className="nhsuk-u-visually-hidden">: {title}</span>
    </Button>
  )
}

function MyWords({ mine, about }: { mine: MyHouse; about: AboutMe | undefined }) {
  const { me } = mine
  const restrictionOf = useRestrictions()
  if (!about?.words) {
    return (
      <p className="my-missing">
        <Trans>Nothing said yet.</Trans>
      </p>
    )
  }
  return (
    <>
      <SaidQuote size="lead" isPersons={about.saidBy?.voice === 'person'}>
        {about.words}
      </SaidQuote>
      <p className="my-small">
        {about.saidBy?.reference === me.reference ? <Trans>My words</Trans> : about.saidBy?.name}
        {about.saidOn ? (
          <>
            <Comma />
            <DayText at={about.saidOn} />
          </>
        ) : null}
        {about.supportedBy ? (
          <>
            . <Trans>{about.supportedBy.name} helped to write this.</Trans>
          </>
        ) : null}
      </p>
      <EarlierText
        earlier={about.earlier}
        isReader={about.earlier?.by.reference === me.reference}
        when={about.earlier?.at ? <DayText at={about.earlier.at} /> : null}
      />
      <RestrictedMark to="person" restriction={restrictionOf(`Observation/${about.id}`)} />
      <MySuggestChange mine={mine} record={`Observation/${about.id}`} place="words" />
    </>
  )
}
