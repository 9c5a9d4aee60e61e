import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useRecordForm } from '#client/forms/use-record-form.ts'
import { saveAboutMe } from '#client/queries/care-plan/about-me.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import {
  type AboutMe,
  type AboutMeSectionName,
  aboutMeIdFor,
  aboutMeSections,
} from '#domain/plan/about-me.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { Comments } from '#features/care-plan/components/comments.tsx'
import { Earlier } from '#features/care-plan/components/earlier-versions.tsx'
import { WhenText } from '#features/care-plan/components/when-text.tsx'
import { sectionLabels } from '#features/care-plan/labels.ts'
import { SentenceSuggestions } from '#features/care-plan/suggestions/sentence-suggestions.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { PersonPhoto } from '#features/parts/photo/person-photo.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { savedWithUndo } from '#features/parts/undo/saved-with-undo.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

/** About me: seven sections, each with who said it and who helped to write it. */
export function MeRoom({ view }: { view: HouseView }) {
  return (
    <>
      <PersonPhoto
        person={view.house.person}
        givenName={view.house.givenName}
        me={whoAmI(view.house.person)}
        mayWrite={!view.house.died}
      />
      {aboutMeSections.map((section) => (
        <Section key={section} house={view.house} section={section} />
      ))}
    </>
  )
}

function Section({ house, section }: { house: HouseRecord; section: AboutMeSectionName }) {
  const { i18n } = useLingui()
  const current = house.aboutMe.find((each) => each.section === section)
  const [open, setOpen] = useState(false)
  const editing = useAboutMe(house, section, current)
  const isOpen = open || editing.isDraft
  const title = i18n._(sectionLabels[section])
  return (
    <section className="gable-section" aria-label={title}>
      <h2>{title}</h2>
      {isOpen ? (
        <AboutMeForm {...{ house, current, editing, title }} onDone={() => setOpen(false)} />
      ) : (
        <>
          {current?.words ? (
            <Said about={current} />
          ) : (
            <EmptyState title={<Trans>Not said yet</Trans>} />
          )}
          <Button variant="link" onClick={() => setOpen(true)}>
            {current?.words ? (
              <Trans>Change</Trans>
            ) : (
              <Trans>Write this together with {house.givenName}</Trans>
            )}
            <span className="nhsuk-u-visually-hidden">: {title}</span>
          </Button>
          {current?.words ? (
            <SentenceSuggestions house={house} record={`Observation/${current.id}`} place="words" />
          ) : null}
          {current?.words ? (
            <Comments house={house} about={`Observation/${current.id}`} title={title} />
          ) : null}
        </>
      )}
    </section>
  )
}

function Said({ about }: { about: AboutMe }) {
  const { saidBy, supportedBy, saidOn, written } = about
  const restrictionOf = useRestrictions()
  return (
    <>
      <SaidQuote isPersons={saidBy?.voice === 'person'}>{about.words}</SaidQuote>
      <p className="gable-meta">
        {saidBy?.name ? <Trans>In the words of {saidBy.name}</Trans> : null}
        {saidOn ? (
          <>
            , <WhenText at={saidOn} />
          </>
        ) : null}
        {supportedBy ? (
          <>
            {' '}
            · <Trans>Supported to write this by {supportedBy.name}</Trans>
          </>
        ) : null}
        {written && written.by.reference !== saidBy?.reference ? (
          <>
            {' '}
            · <Trans>Written down by {written.by.name}</Trans>
          </>
        ) : null}
      </p>
      <Earlier record={about} />
      <RestrictedMark restriction={restrictionOf(`Observation/${about.id}`)} />
    </>
  )
}

function useAboutMe(house: HouseRecord, section: AboutMeSectionName, current: AboutMe | undefined) {
  const id = current?.id ?? aboutMeIdFor(house.person, section)
  return useRecordForm<AboutMe>({
    key: `about-me:${id}`,
    current,
    fresh: { id, person: house.person, section, words: '', saidBy: whoAmI(house.person) },
    save: savedWithUndo('Observation', house.plan?.id, ({ base, mine }) =>
      saveAboutMe(house.plan?.id, { base, mine: withHelper(house, mine) }),
    ),
  })
}

/** A user who writes down another's words is named as the helper; nobody is named for the writer's own. */
function withHelper(house: HouseRecord, mine: AboutMe): AboutMe {
  const { supportedBy: _before, ...said } = mine
  const me = whoAmI(house.person)
  return said.saidBy?.reference === me.reference ? said : { ...said, supportedBy: me }
}

function AboutMeForm(props: {
  house: HouseRecord
  current: AboutMe | undefined
  editing: ReturnType<typeof useAboutMe>
  title: string
  onDone: () => void
}) {
  const { t } = useLingui()
  const { house, current, editing, title, onDone } = props
  const me = whoAmI(house.person)
  const person = {
    reference: `Patient/${house.person}`,
    name: house.name,
    voice: 'person' as const,
  }
  const voices = [me, person]
  const { mine, change } = editing
  // what I type is mine until I say that I am writing it down for somebody
  const isFirstKey = current !== undefined && mine.words === current.words
  const write = (words: string) => change({ words, ...(isFirstKey ? { saidBy: me } : {}) })
  return (
    <div className="gable-form">
      {current?.words && current.saidBy?.reference !== me.reference ? (
        <Said about={current} />
      ) : null}
      <TextArea label={title} rows={4} value={mine.words} onChange={write} />
      <Radios
        legend={t`Whose words are these?`}
        name={`said-by-${mine.id}`}
        value={mine.saidBy?.reference ?? ''}
        onChange={(reference) => {
          const saidBy = voices.find((each) => each.reference === reference)
          if (saidBy) change({ saidBy })
        }}
        options={[
          { value: me.reference, label: t`Mine: ${me.name}` },
          {
            value: person.reference,
            label: t`${house.givenName}’s own words`,
            hint: t`${house.givenName} said this just now. You are named as the person who wrote it down.`,
          },
        ]}
      />
      <SaveBar editing={editing} onDone={onDone} />
    </div>
  )
}
