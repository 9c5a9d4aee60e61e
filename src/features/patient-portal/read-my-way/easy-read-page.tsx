import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { addComment } from '#client/queries/care-plan/comments.ts'
import { firstNumberIn } from '#domain/contact/numbers-in.ts'
import type { ServiceHours } from '#domain/contact/service-hours.ts'
import {
  type EasyEntry,
  type EasyPart,
  easyEntries,
  easyParts,
} from '#domain/plan/easy-read/easy-entries.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { DayHours } from '#features/parts/call/day-hours.tsx'
import { PhoneText } from '#features/parts/call/phone-text.tsx'
import { DayText } from '#features/patient-portal/day-text.tsx'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import { useMyHouse } from '#features/patient-portal/use-my-house.ts'
import { Button } from '#ui/layout/button.tsx'
import { EasyPicture } from '#ui/pictures/easy-picture.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'

/** The plan in short lines with pictures, as somebody wrote them; what has changed since says what the plan says now. */
export function EasyReadPage() {
  const { t } = useLingui()
  const sayDay = useDayText()
  const { house, isCarer } = useMyHouse()
  const entries = easyEntries(house, { sayDay, today: clockToday() })
  const title = isCarer
    ? t`${house.givenName}’s plan, made easy to read`
    : t`My plan, made easy to read`
  return (
    <div className="my-page easy-read">
      <title>{`${title} · Gable`}</title>
      <BackToHouse isOwn={!isCarer} />
      <h1 tabIndex={-1}>{title}</h1>
      {isCarer ? null : (
        <p className="my-lead">
          <Trans>This is {house.givenName}’s plan.</Trans>
        </p>
      )}
      <HowItStands house={house} entries={entries} />
      {easyParts.map((part) => (
        <Part
          key={part}
          part={part}
          hours={house.hours}
          entries={entries.filter((each) => each.part === part)}
        />
      ))}
      <MadeBy entries={entries} />
    </div>
  )
}

function HowItStands({
  house,
  entries,
}: Readonly<{ house: HouseRecord; entries: readonly EasyEntry[] }>) {
  const titles = usePartTitles()
  const changed = entries.filter(({ state }) => state === 'changed')
  const different = easyParts
    .filter((part) => changed.some((each) => each.part === part))
    .map((part) => titles[part])
  const isNone = entries.every(({ state }) => state === 'none')
  if (entries.length === 0)
    return (
      <p className="my-missing">
        <Trans>Nothing is in the plan yet.</Trans>
      </p>
    )
  if (isNone)
    return (
      <section className="easy-read__note">
        <h2>
          <Trans>Nobody has made this easy to read yet</Trans>
        </h2>
        <p>
          <Trans>You can read the words of the plan here.</Trans>
        </p>
        <AskForNew house={house} />
      </section>
    )
  const [first] = changed
  if (!first) return null
  return (
    <section className="easy-read__note is-changed" aria-labelledby="easy-changed">
      <h2 id="easy-changed">
        <span aria-hidden="true">▲ </span>
        <Trans>Your plan has changed since this was made</Trans>
      </h2>
      {first.changedSince ? (
        <p>
          <Trans>
            We made this on <DayText at={first.changedSince} />.
          </Trans>
        </p>
      ) : null}
      <p>
        <Trans>
          What has changed is marked with ▲, and says what the plan says now. You find it here:
        </Trans>{' '}
        <b>{different.join('; ')}</b>
      </p>
      <AskForNew house={house} />
    </section>
  )
}

/** A comment on the plan: the team sees it as news. */
function AskForNew({ house }: { house: HouseRecord }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [id] = useState(() => crypto.randomUUID())
  const [asked, setAsked] = useState(false)
  const { plan, caseOfPlan } = house
  if (!plan) return null
  const name = caseOfPlan?.coordinator?.name ?? ''
  const about = `CarePlan/${plan.id}`
  const text = t`Please make a new easy-read copy of the plan.`
  const ask = async () => {
    const done = await saving.run(() => addComment({ id, person: house.person, about, text }))
    if (done) setAsked(true)
  }
  if (asked)
    return (
      <p role="status">
        <b>
          {name ? (
            <Trans>You asked. {name} can see it.</Trans>
          ) : (
            <Trans>You asked. The team can see it.</Trans>
          )}
        </b>
      </p>
    )
  return (
    <>
      <NotSaved problem={saving.problem} />
      <Button pending={saving.pending} onClick={() => void ask()}>
        {name ? <Trans>Ask {name} for a new one</Trans> : <Trans>Ask for a new one</Trans>}
      </Button>
    </>
  )
}

function usePartTitles(): Readonly<Record<EasyPart, string>> {
  const { t } = useLingui()
  return {
    want: t`What I want`,
    me: t`About me`,
    helps: t`Who helps me`,
    worse: t`If I feel worse`,
  }
}

type PartProps = Readonly<{
  part: EasyPart
  entries: readonly EasyEntry[]
  hours: ServiceHours | undefined
}>

function Part({ part, entries, hours }: PartProps) {
  const titles = usePartTitles()
  if (entries.length === 0) return null
  // what to do when things get worse is never folded away
  const isFolded = ({ state }: EasyEntry) =>
    state === 'none' && part !== 'worse' && !entries.every((each) => each.state === 'none')
  const rest = entries.filter(isFolded)
  return (
    <section aria-labelledby={`easy-${part}`}>
      <h2 id={`easy-${part}`}>{titles[part]}</h2>
      {entries
        .filter((entry) => !isFolded(entry))
        .map((entry) => (
          <Entry key={`${entry.source} ${entry.detail}`} entry={entry} />
        ))}
      {entries.some(({ nightPhone }) => nightPhone) ? (
        <p>
          <DayHours hours={hours} />
        </p>
      ) : null}
      {rest.length > 0 ? (
        <details className="easy-read__rest">
          <summary>
            <Trans>More in the plan, not made easy to read yet</Trans>
          </summary>
          {rest.map((entry) => (
            <Entry key={`${entry.source} ${entry.detail}`} entry={entry} />
          ))}
        </details>
      ) : null}
    </section>
  )
}

/** A dashed edge means one thing: nobody has made this easy to read yet. */
const edges: Readonly<Record<EasyEntry['state'], string>> = {
  made: '',
  changed: 'is-changed',
  none: 'is-plain',
}

const levelShapes = { green: '●', amber: '▲', red: '■' } as const

function Entry({ entry }: { entry: EasyEntry }) {
  const { t } = useLingui()
  const { state, made, words, level } = entry
  const levels = { green: t`Green`, amber: t`Amber`, red: t`Red` }
  return (
    <div className={`easy-read__card ${level ? `is-${level}` : ''} ${edges[state]}`}>
      {level ? (
        <h3>
          <span aria-hidden="true">{levelShapes[level]} </span>
          {levels[level]}
        </h3>
      ) : null}
      {state === 'made' && made ? (
        made.lines.map((line) => (
          <div key={line.words} className="easy-read__line">
            {line.picture ? <EasyPicture name={line.picture} /> : <NoPicture />}
            <p>
              <OwnText>{line.words}</OwnText>
            </p>
          </div>
        ))
      ) : (
        <div className="easy-read__line">
          <NoPicture />
          <div>
            {state === 'changed' ? (
              <p className="easy-read__changed">
                <span aria-hidden="true">▲ </span>
                <Trans>This has changed since the easy read was made</Trans>
              </p>
            ) : (
              <p className="easy-read__unmade">
                <span aria-hidden="true">○ </span>
                <Trans>Not made easy to read yet</Trans>
              </p>
            )}
            {words.map((each) => (
              <p key={each}>
                <OwnText>{each}</OwnText>
              </p>
            ))}
          </div>
        </div>
      )}
      <Numbers entry={entry} />
    </div>
  )
}

/** Who to call: by day and by night, if somebody else answers then. */
function Numbers({ entry: { phone = '', nightPhone } }: { entry: EasyEntry }) {
  const number = firstNumberIn(phone)
  if (!number) return null
  if (!nightPhone)
    return (
      <p className="easy-read__phone">
        <PhoneLink className="my-phone" number={number} />
      </p>
    )
  return (
    <>
      <p className="easy-read__phone">
        <Trans>
          By day call <PhoneText text={phone} />.
        </Trans>
      </p>
      <p className="easy-read__phone">
        <Trans>
          At night call <PhoneText text={nightPhone} />.
        </Trans>
      </p>
    </>
  )
}

function NoPicture() {
  return (
    <span className="easy-read__slot">
      <Trans>No picture yet</Trans>
    </span>
  )
}

/** Never the person's own words: it says who retold them. */
function MadeBy({ entries }: { entries: readonly EasyEntry[] }) {
  const made = entries.flatMap((entry) => entry.made ?? [])
  const names = [...new Set(made.map(({ by }) => by.name).filter(Boolean))].join(', ')
  if (names === '') return null
  const isWithPerson = made.some(({ withPerson }) => withPerson)
  return (
    <p className="my-small">
      {isWithPerson ? (
        <Trans>
          {names} made these words and pictures, together with the person whose plan it is.
        </Trans>
      ) : (
        <Trans>{names} made these words and pictures.</Trans>
      )}
    </p>
  )
}
