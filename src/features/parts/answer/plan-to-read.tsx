import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { clockToday, dayHere } from '#client/clock.ts'
import { stillToAgree } from '#domain/agreement/still-to-agree.ts'
import type { Action } from '#domain/goal/goal.ts'
import { aboutMeSections } from '#domain/plan/about-me.ts'
import {
  type HouseRecord,
  openGoals,
  openNeeds,
  strengths,
  unmetNeeds,
} from '#domain/plan/house/house.ts'
import { callBeside } from '#domain/plan/house/what-to-do.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import { type WhatIfLevel, whatIfLevels } from '#domain/plan/plan.ts'
import type { SupportOffer } from '#domain/support/offer.ts'
import { WithEnglish } from '#features/parts/language/in-language.tsx'
import { myAnswerLabels } from '#features/parts/support/offer-labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { mySectionWords } from './section-words.ts'
import './plan-to-read.scss'

/** In the order in which a person reads them: what they want first is what they said. */
export const roomsToRead: readonly HouseRoom[] = ['me', 'conversation', 'team', 'support', 'roof']

type Reading = Readonly<{ house: HouseRecord }>

/** One room of the plan, to read and not to change, without a link to anywhere. */
export function RoomToRead({ house, room }: Reading & Readonly<{ room: HouseRoom }>) {
  const Room = rooms[room]
  return (
    <div className="plan-to-read">
      <Room house={house} />
    </div>
  )
}

const rooms: Readonly<Record<HouseRoom, (props: Reading) => ReactNode>> = {
  me: Me,
  conversation: Conversation,
  team: Team,
  support: Support,
  roof: Roof,
}

const Nothing = () => (
  <p className="plan-to-read__nothing">
    <Trans>Nothing is written here yet.</Trans>
  </p>
)

/** A part that the person has not said yes to yet, or left out last time. */
function NewMark({ house, record }: Reading & Readonly<{ record: string }>) {
  const open = stillToAgree(house)
  if (open?.leftOut.some((each) => each.record === record))
    return (
      <StateMark state="due">
        <Trans>Last time you said: not this</Trans>
      </StateMark>
    )
  if (!open?.changed.some((each) => each.record === record)) return null
  return (
    <StateMark state="new">
      <Trans>New since you said yes</Trans>
    </StateMark>
  )
}

function Me({ house }: Reading) {
  const { i18n } = useLingui()
  const said = aboutMeSections.flatMap(
    (section) => house.aboutMe.find((each) => each.section === section && each.words) ?? [],
  )
  if (said.length === 0) return <Nothing />
  return said.map(({ id, section, words, saidBy }) => (
    <section key={id} aria-label={i18n._(mySectionWords[section])}>
      <h3>{i18n._(mySectionWords[section])}</h3>
      <NewMark house={house} record={`Observation/${id}`} />
      <SaidQuote isPersons={saidBy?.voice === 'person'}>{words}</SaidQuote>
    </section>
  ))
}

function Conversation({ house }: Reading) {
  const sayDay = useDayText()
  const goals = openGoals(house)
  const needs = openNeeds(house).filter((need) => !need.unmet)
  const steps = house.actions.filter(isOpen)
  const loose = steps.filter(({ goal }) => !goals.some(({ id }) => id === goal))
  const strong = strengths(house)
  if (goals.length + needs.length + steps.length + strong.length === 0) return <Nothing />
  return (
    <>
      {goals.map(({ id, words, why, expressedBy }) => (
        <section key={id} aria-label={words}>
          <NewMark house={house} record={`Goal/${id}`} />
          <SaidQuote isPersons={expressedBy?.voice === 'person'}>{words}</SaidQuote>
          {why ? (
            <p>
              <OwnText>{why}</OwnText>
            </p>
          ) : null}
          <Steps house={house} steps={steps.filter(({ goal }) => goal === id)} />
        </section>
      ))}
      <Steps house={house} steps={loose} />
      {needs.length > 0 ? (
        <section aria-labelledby="needs-title">
          <h3 id="needs-title">
            <Trans>What worries me</Trans>
          </h3>
          <ul>
            {needs.map(({ id, words }) => (
              <li key={id}>
                <OwnText>{words}</OwnText> <NewMark house={house} record={`Condition/${id}`} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {strong.length > 0 ? (
        <section aria-labelledby="strengths-title">
          <h3 id="strengths-title">
            <Trans>What I can build on</Trans>
          </h3>
          <ul>
            {strong.map(({ id, words, saidBy, askedOn }) => (
              <li key={id}>
                <OwnText>{words}</OwnText>
                {saidBy ? `, ${saidBy.name}` : ''}
                {askedOn ? (
                  <>
                    , <Trans>Said on {sayDay(dayHere(askedOn))}</Trans>
                  </>
                ) : null}{' '}
                <NewMark house={house} record={`Condition/${id}`} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

const isOpen = ({ state }: Action) => state !== 'stopped' && state !== 'done'

function Steps({ house, steps }: Reading & Readonly<{ steps: readonly Action[] }>) {
  const sayDay = useDayText()
  if (steps.length === 0) return null
  return (
    <ul>
      {steps.map(({ id, what, owner, dueOn }) => (
        <li key={id}>
          <b>
            <OwnText>{what}</OwnText>
          </b>
          {owner ? `, ${owner.name}` : ''}
          {dueOn ? (
            <>
              , <Trans>by {sayDay(dueOn)}</Trans>
            </>
          ) : null}{' '}
          <NewMark house={house} record={`Task/${id}`} />
        </li>
      ))}
    </ul>
  )
}

function Team({ house }: Reading) {
  if (house.team.length === 0) return <Nothing />
  return (
    <ul>
      {house.team.map(({ who, role }) => (
        <li key={who.reference}>
          <b>{who.name}</b>
          {role ? `, ${role}` : ''}
        </li>
      ))}
    </ul>
  )
}

function Support({ house }: Reading) {
  const unmet = unmetNeeds(house)
  if (house.support.length + unmet.length + house.offers.length === 0) return <Nothing />
  return (
    <>
      <ul>
        {house.support.map(({ id, title, note }) => (
          <li key={id}>
            <b>
              <OwnText>{title}</OwnText>
            </b>
            {note ? `, ${note}` : ''}
          </li>
        ))}
      </ul>
      {unmet.length > 0 ? (
        <>
          <h3>
            <Trans>What nobody can help with yet</Trans>
          </h3>
          <ul>
            {unmet.map(({ id, words }) => (
              <li key={id}>
                <OwnText>{words}</OwnText>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {house.offers.length > 0 ? (
        <>
          <h3>
            <Trans>Help that was offered</Trans>
          </h3>
          <ul>
            {house.offers.map((offer) => (
              <Offered key={offer.id} offer={offer} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

/** What was offered, and the last thing that the person said about it. */
function Offered({ offer }: { offer: SupportOffer }) {
  const { i18n } = useLingui()
  const sayDay = useDayText()
  const { what, from, said, ended } = offer
  const last = said.at(-1)
  return (
    <li>
      <b>
        <OwnText>{what}</OwnText>
      </b>
      {from ? `, ${from}` : ''}
      {': '}
      {last ? (
        <>
          {i18n._(myAnswerLabels(offer.kind)[last.answer])}, {sayDay(dayHere(last.at))}{' '}
          {last.words ? (
            <>
              “<OwnText>{last.words}</OwnText>”
            </>
          ) : null}
        </>
      ) : (
        <Trans>No answer yet</Trans>
      )}
      {ended ? (
        <>
          {' '}
          (<Trans>No longer offered</Trans>)
        </>
      ) : null}
    </li>
  )
}

function LevelName({ level }: Readonly<{ level: WhatIfLevel }>) {
  if (level === 'green') return <Trans>Green: a usual day</Trans>
  if (level === 'amber') return <Trans>Amber: take care</Trans>
  return <Trans>Red: get help now</Trans>
}

function Roof({ house }: Reading) {
  const sayDay = useDayText()
  const { whatIf, plan, caseOfPlan } = house
  const isPast = (plan?.reviewOn ?? '') < clockToday()
  return (
    <>
      <p>
        {caseOfPlan?.coordinator ? (
          <Trans>{caseOfPlan.coordinator.name} looks after this plan.</Trans>
        ) : (
          <Trans>Nobody looks after this plan yet.</Trans>
        )}{' '}
        {plan?.reviewOn ? (
          isPast ? (
            <Trans>The next talk about it was to be on {sayDay(plan.reviewOn)}.</Trans>
          ) : (
            <Trans>The next talk about it is on {sayDay(plan.reviewOn)}.</Trans>
          )
        ) : null}
      </p>
      {whatIf ? (
        <section aria-labelledby="worse-title">
          <h3 id="worse-title">
            <Trans>If things get worse</Trans>
          </h3>
          <NewMark house={house} record={`CarePlan/${whatIf.id}`} />
          {whatIfLevels.map((level) => (
            <div key={level} className={`plan-to-read__level is-${level}`}>
              <b>
                <WithEnglish>
                  <LevelName level={level} />
                </WithEnglish>
              </b>
              {[whatIf[level].sign, whatIf[level].doWhat, callBeside(whatIf[level])]
                .filter(Boolean)
                .map((line) => (
                  <p key={line}>
                    <OwnText>{line}</OwnText>
                  </p>
                ))}
            </div>
          ))}
        </section>
      ) : null}
    </>
  )
}
