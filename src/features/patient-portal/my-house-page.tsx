import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { useOthersAt } from '#client/session/presence.ts'
import { MyConversation } from '#features/parts/conversation/my-conversation.tsx'
import { LanguageChoice } from '#features/parts/language/language-choice.tsx'
import { LanguageOffer } from '#features/parts/language/language-offer.tsx'
import { OtherPlans } from '#features/parts/other-plans/other-plans.tsx'
import { CaringLinks } from '#features/patient-portal/carers/caring-links.tsx'
import { WaitingOffer } from '#features/patient-portal/carers/waiting-offer.tsx'
import { MyCarersDay } from '#features/patient-portal/worse/my-carers-day.tsx'
import { MyDay } from '#features/patient-portal/worse/my-day.tsx'
import { PresenceLine } from '#ui/presence/presence-line.tsx'
import { AgreeToPlan, isAnswerAwaited } from './agree-to-plan.tsx'
import { HiddenRooms } from './hidden-rooms.tsx'
import { useRoomLabels } from './labels.ts'
import { MyLetters } from './meetings/my-letters.tsx'
import { MyAboutMe } from './my-about-me.tsx'
import { MyHouseDrawing } from './my-house-drawing.tsx'
import { MyPromiseAnswer, MyPromises } from './my-promises.tsx'
import { ConfirmPromises } from './promises/confirm-promises.tsx'
import { ReadMyWay } from './read-my-way/read-my-way.tsx'
import { SharedUntil, SharedWithCarer } from './sharing/shared-with-carer.tsx'
import { MySuggestions } from './suggestions/my-suggestions.tsx'
import { AskForCoordinator } from './support/ask-for-coordinator.tsx'
import { type MyHouse, useMyHouse } from './use-my-house.ts'
import { MyWhoToCall } from './who-to-call.tsx'

/** The person's own page: what waits for them today, the house, what matters, what happens next, who to call, all links. */
export function MyHousePage() {
  const { t } = useLingui()
  const mine = useMyHouse()
  const { house, isCarer, hidden } = mine
  const sees = (room: (typeof hidden)[number]) => !hidden.includes(room)
  return (
    <div className="my-page">
      <title>{isCarer ? t`${house.givenName}’s plan · Gable` : t`My plan · Gable`}</title>
      <MyLanguage mine={mine} />
      <Greeting mine={mine} />
      <ReadMyWay mine={mine} />
      <PresenceLine others={useOthersAt(house.person)} place="house" titles={useRoomLabels(mine)} />
      <ForToday mine={mine} />
      <section aria-labelledby="house-title">
        <h2 id="house-title" className="nhsuk-u-visually-hidden">
          <Trans>The house</Trans>
        </h2>
        <MyHouseDrawing mine={mine} />
      </section>
      {sees('me') ? <MyAboutMe mine={mine} section="most-important" /> : null}
      {sees('roof') && !isAnswerAwaited(mine) ? <AgreeToPlan mine={mine} /> : null}
      {sees('conversation') && !house.died ? <MyPromises mine={mine} most={2} /> : null}
      {sees('roof') ? <OtherPlans house={house} /> : null}
      {sees('conversation') ? <MyLetters mine={mine} /> : null}
      <AskForCoordinator mine={mine} />
      <MyWhoToCall mine={mine} />
      <More mine={mine} />
      <HiddenRooms mine={mine} />
    </div>
  )
}

/** What waits for the reader: a line each, most of them open on request. The heading goes when nothing waits. */
function ForToday({ mine }: { mine: MyHouse }) {
  const { house, isCarer, hidden } = mine
  const seesRoof = !hidden.includes('roof')
  const isAsked = !hidden.includes('conversation') && !house.died && !isCarer
  return (
    <section className="my-today" aria-labelledby="for-today-title">
      <h2 id="for-today-title">
        <Trans>For you today</Trans>
      </h2>
      {mine.shared ? (
        <SharedWithCarer shared={mine.shared} name={house.givenName} isNew={mine.isShareNew} />
      ) : null}
      <WaitingOffer person={house.person} isCarer={isCarer} />
      {seesRoof && isAnswerAwaited(mine) ? <AgreeToPlan mine={mine} /> : null}
      {seesRoof ? <MyDay mine={mine} /> : null}
      <MyCarersDay mine={mine} now={!isCarer} />
      <MySuggestions mine={mine} />
      {isAsked ? <MyPromiseAnswer mine={mine} /> : null}
      {isAsked ? <ConfirmPromises mine={mine} /> : null}
      <MyConversation house={house} mayWrite={mine.mayWrite('conversation')} isCarer={isCarer} />
    </section>
  )
}

/** What the record says about the language is the person's, not the carer's. */
function MyLanguage({ mine: { house, isCarer } }: { mine: MyHouse }) {
  return (
    <>
      <LanguageChoice />
      {isCarer ? null : <LanguageOffer preferred={house.preferredLanguage} />}
    </>
  )
}

/** Every other page of the plan and the record, in one place. */
function More({ mine }: { mine: MyHouse }) {
  const { house, isCarer, seesRecord, hidden } = mine
  return (
    <section className="my-more" aria-labelledby="more-title">
      <h2 id="more-title">
        <Trans>More</Trans>
      </h2>
      <ul className="my-links">
        {hidden.includes('conversation') || house.died ? null : (
          <li>
            <Link to="/my/promises">
              <Trans>All promises, kept and not kept</Trans>
            </Link>
          </li>
        )}
        {hidden.includes('conversation') ? null : (
          <li>
            <Link to="/my/messages">
              <Trans>Messages with the care team</Trans>
            </Link>
          </li>
        )}
        {seesRecord ? (
          <li>
            <Link to="/my/calendar">
              <Trans>All appointments</Trans>
            </Link>
          </li>
        ) : null}
        {seesRecord ? <RecordLinks isCarer={isCarer} /> : null}
        <CaringLinks isCarer={isCarer} />
        {house.plan ? (
          <>
            <li>
              <Link to="/my/plan/compare">
                <Trans>What has changed in the plan</Trans>
              </Link>
            </li>
            <li>
              <Link to="/my/plan/before">
                <Trans>The plan on another day</Trans>
              </Link>
            </li>
          </>
        ) : null}
        <li>
          <Link to="/my/contacts">
            <Trans>Is your own phone number still right?</Trans>
          </Link>
        </li>
      </ul>
    </section>
  )
}

function RecordLinks({ isCarer }: Readonly<{ isCarer: boolean }>) {
  return (
    <>
      <li>
        <Link to="/my/record">
          {isCarer ? (
            <Trans>The record in plain words</Trans>
          ) : (
            <Trans>My record in plain words</Trans>
          )}
        </Link>
      </li>
      <li>
        <Link to="/my/readings">
          {isCarer ? (
            <Trans>Weight and other readings</Trans>
          ) : (
            <Trans>My weight and other readings</Trans>
          )}
        </Link>
      </li>
      {isCarer ? null : (
        <li>
          <Link to="/my/who-looked">
            <Trans>Who has looked at my plan</Trans>
          </Link>
        </li>
      )}
      {isCarer ? null : (
        <li>
          <Link to="/my/programmes">
            <Trans>My programmes</Trans>
          </Link>
        </li>
      )}
      {isCarer ? null : (
        <li>
          <Link to="/my/said-no">
            <Trans>What I said no to</Trans>
          </Link>
        </li>
      )}
    </>
  )
}

/** For users who still read here after the death, most often the carer. */
function HasDied({ name }: { name: string }) {
  return (
    <>
      <h1>
        <Trans>{name} has died</Trans>
      </h1>
      <p className="my-lead">
        <Trans>
          We are sorry. You do not need to do anything here. What was written together is kept. If
          you would like to talk to someone, call the people below.
        </Trans>
      </p>
    </>
  )
}

function Greeting({ mine: { house, isCarer, me, shared } }: { mine: MyHouse }) {
  if (house.died) return <HasDied name={house.givenName} />
  if (isCarer) {
    return (
      <>
        <h1>
          <Trans>{house.givenName}’s plan</Trans>
        </h1>
        <p className="my-lead">
          <Trans>
            Hello {me.name}. This is what {house.givenName} shares with you.
          </Trans>{' '}
          {shared ? <SharedUntil shared={shared} /> : null}
        </p>
      </>
    )
  }
  return (
    <>
      <h1>
        <Trans>Hello {house.givenName}</Trans>
      </h1>
      <p className="my-lead">
        {house.plan ? (
          <Trans>This is your plan, in your words. You can change it.</Trans>
        ) : (
          <Trans>Your plan has not been started yet. You can already write about yourself.</Trans>
        )}
      </p>
    </>
  )
}
