import { Trans } from '@lingui/react/macro'
import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { noteLastViewed } from '#client/forms/last-viewed.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { useOthersAt } from '#client/session/presence.ts'
import { aboutMeSections } from '#domain/plan/about-me.ts'
import { unmetNeeds } from '#domain/plan/house/house.ts'
import { type HouseRoom, houseRooms } from '#domain/plan/plan.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { AftercareWords } from '#features/parts/crisis/aftercare-words.tsx'
import { CrisisSection } from '#features/parts/crisis/crisis-section.tsx'
import { PersonPhoto } from '#features/parts/photo/person-photo.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { JustInCaseList } from '#features/parts/worse/just-in-case-list.tsx'
import { useColour } from '#features/parts/worse/use-colour.ts'
import { WhatIfLevels } from '#features/parts/worse/what-if-levels.tsx'
import { MyCarersDay } from '#features/patient-portal/worse/my-carers-day.tsx'
import { MyWishes } from '#features/patient-portal/worse/my-wishes.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { PresenceLine } from '#ui/presence/presence-line.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { AgreeToPlan } from './agree-to-plan.tsx'
import { DayText } from './day-text.tsx'
import { useRoomLabels } from './labels.ts'
import { MyAboutMe } from './my-about-me.tsx'
import { MyGoals } from './my-goals.tsx'
import { MyPromises } from './my-promises.tsx'
import { MySuggestChange } from './suggestions/my-suggest-change.tsx'
import { MyTemplateItems } from './suggestions/my-template-items.tsx'
import { MyOffers } from './support/my-offers.tsx'
import { MyReferrals } from './support/my-referrals.tsx'
import { type MyHouse, useMyHouse } from './use-my-house.ts'
import { MyWhoToCall } from './who-to-call.tsx'

const rooms: Readonly<Record<HouseRoom, (props: { mine: MyHouse }) => React.ReactNode>> = {
  me: MyMe,
  conversation: MyConversation,
  team: MyTeam,
  roof: MyRoof,
  support: MySupport,
}

/** One room of the user's own house. */
export function MyRoomPage() {
  const pathname = useLocation().pathname
  const room = houseRooms.find((each) => pathname.endsWith(`/${each}`)) ?? 'me'
  const mine = useMyHouse()
  const { person } = mine.house
  // leaving the room marks it as seen, so that what was new stays marked while it is read
  useEffect(() => () => noteLastViewed(person, [room]), [person, room])
  const Room = rooms[room]
  const titles = useRoomLabels(mine)
  const title = titles[room]
  return (
    <div className="my-page">
      <title>{`${title} · Gable`}</title>
      <BackToHouse />
      <h1 tabIndex={-1}>{title}</h1>
      <PresenceLine others={useOthersAt(person)} place={room} titles={titles} />
      {mine.hidden.includes(room) ? (
        <p className="my-missing">
          <Trans>
            {mine.house.givenName} has not shared this with you. You can ask {mine.house.givenName}.
          </Trans>
        </p>
      ) : (
        <Room mine={mine} />
      )}
    </div>
  )
}

function MyMe({ mine }: { mine: MyHouse }) {
  const { house, me } = mine
  return (
    <>
      <PersonPhoto
        person={house.person}
        givenName={house.givenName}
        me={me}
        mayWrite={mine.mayWrite('me') && !house.died}
      />
      {aboutMeSections.map((section) => (
        <MyAboutMe key={section} mine={mine} section={section} />
      ))}
    </>
  )
}

function MyConversation({ mine }: { mine: MyHouse }) {
  return (
    <>
      <MyTemplateItems mine={mine} />
      <MyGoals mine={mine} />
      <MyPromises mine={mine} />
    </>
  )
}

function MyTeam({ mine: { house } }: { mine: MyHouse }) {
  if (house.team.length === 0)
    return (
      <p className="my-missing">
        <Trans>Nobody is in the team yet.</Trans>
      </p>
    )
  return (
    <ul className="my-list">
      {house.team.map((member) => (
        <li key={member.who.reference} className="my-card">
          <b>{member.who.name}</b>
          <p>{member.role}</p>
          {member.phone ? <PhoneLink className="my-phone" number={member.phone} /> : null}
        </li>
      ))}
    </ul>
  )
}

function MyRoof({ mine }: { mine: MyHouse }) {
  const { house } = mine
  return (
    <>
      <p className="my-lead">
        {house.caseOfPlan?.coordinator ? (
          <Trans>{house.caseOfPlan.coordinator.name} looks after this plan.</Trans>
        ) : (
          <Trans>Nobody looks after this plan yet.</Trans>
        )}{' '}
        {house.plan?.reviewOn ? (
          house.plan.reviewOn < clockToday() ? (
            <Trans>
              The next talk about it was to be on <DayText at={house.plan.reviewOn} />.
            </Trans>
          ) : (
            <Trans>
              The next talk about it is on <DayText at={house.plan.reviewOn} />.
            </Trans>
          )
        ) : null}
      </p>
      <AgreeToPlan mine={mine} />
      <IfThingsGetWorse mine={mine} />
      {mine.isCarer ? null : <MyCarersDay mine={mine} />}
      <MyWishes mine={mine} />
      <CrisisSection
        house={house}
        me={mine.me}
        mayWrite={mine.mayWrite('roof') && !house.died}
        bar={(editing, onDone) => (
          <SaveBar save={<Trans>Save my words</Trans>} editing={editing} onDone={onDone} />
        )}
      />
      <MyAftercare mine={mine} />
      <MyWhoToCall mine={mine} />
    </>
  )
}

function MyAftercare({ mine: { house, me } }: { mine: MyHouse }) {
  const { aftercare, givenName } = house
  if (!aftercare) return null
  return (
    <section aria-labelledby="aftercare-title">
      <h2 id="aftercare-title">
        <Trans>Free help after hospital (section 117)</Trans>
      </h2>
      <AftercareWords aftercare={aftercare} me={me} givenName={givenName} />
    </section>
  )
}

function IfThingsGetWorse({ mine }: { mine: MyHouse }) {
  const { house } = mine
  const { whatIf } = house
  const colour = useColour(house)
  if (!whatIf) return null
  return (
    <section aria-labelledby="worse-title">
      <h2 id="worse-title">
        <Trans>If things get worse</Trans>
      </h2>
      <WhatIfLevels
        whatIf={whatIf}
        hours={house.hours}
        today={colour?.isCurrent ? colour.said.colour : undefined}
        beside={(level) => (
          <MySuggestChange mine={mine} record={`CarePlan/${whatIf.id}`} place={`${level}.doWhat`} />
        )}
      />
      {whatIf.justInCase ? (
        <>
          <h3>
            <Trans>Kept ready, just in case</Trans>
          </h3>
          <JustInCaseList items={whatIf.justInCase} />
        </>
      ) : null}
    </section>
  )
}

function MySupport({ mine }: { mine: MyHouse }) {
  const { house } = mine
  const restrictionOf = useRestrictions()
  const unmet = unmetNeeds(house)
  return (
    <>
      {house.support.length === 0 ? (
        <p className="my-missing">
          <Trans>No help is arranged yet.</Trans>
        </p>
      ) : null}
      <ul className="my-list">
        {house.support.map((support) => (
          <li key={support.id} className="my-card">
            <b>{support.title}</b>
            <p>{support.note}</p>
            <RestrictedMark
              to="person"
              restriction={restrictionOf(`ServiceRequest/${support.id}`)}
            />
          </li>
        ))}
      </ul>
      <MyReferrals person={house.person} />
      <MyOffers mine={mine} />
      {unmet.length > 0 ? (
        <h2>
          <Trans>Needs nobody can meet yet</Trans>
        </h2>
      ) : null}
      <ul className="my-list">
        {unmet.map((need) => (
          <li key={need.id} className="my-card is-missing">
            <OwnText>{need.words}</OwnText>
            <RestrictedMark to="person" restriction={restrictionOf(`Condition/${need.id}`)} />
            <MySuggestChange mine={mine} record={`Condition/${need.id}`} place="words" />
          </li>
        ))}
      </ul>
    </>
  )
}
