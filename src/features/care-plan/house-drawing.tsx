import { msg, plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ComponentProps } from 'react'
import { whoAmI } from '#client/session/who-am-i.ts'
import { answerTo, isForPerson } from '#domain/agreement/agreement.ts'
import { stillToAgree } from '#domain/agreement/still-to-agree.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import { openCounts } from '#domain/goal/promise-ledger.ts'
import { promiseState } from '#domain/goal/promise-state.ts'
import { notSaidYet } from '#domain/plan/about-me.ts'
import { openGoals, openNeeds, unmetNeeds } from '#domain/plan/house/house.ts'
import { type RoomState, roomState } from '#domain/plan/house/room-state.ts'
import type { PlanStatus } from '#domain/plan/plan-status.ts'
import { isUnanswered } from '#domain/support/offer.ts'
import { useNewsNames } from '#features/parts/whole-plan/use-news-names.ts'
import { ColourWords } from '#features/parts/worse/colour-words.tsx'
import { useColour } from '#features/parts/worse/use-colour.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { House } from '#ui/house/house.tsx'
import { joined } from '#ui/house/joint.ts'
import { Avatar } from '#ui/layout/avatar.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { LastChange } from './components/last-change.tsx'
import { TopGoalLine } from './goal/top-goal-line.tsx'
import { roomLabels, roomStateLabels, shortSectionLabels } from './labels.ts'
import type { HouseView } from './use-house.ts'

type HouseProps = ComponentProps<typeof House>

export const houseState: Readonly<Record<PlanStatus, HouseProps['state']>> = {
  none: 'none',
  draft: 'writing',
  'awaiting-person': 'waiting',
  'agreed-in-part': 'in-part',
  current: 'agreed',
  'review-due': 'review-due',
}

/** The plan, drawn as a house. */
export function HouseDrawing({ view }: { view: HouseView }) {
  const { t, i18n } = useLingui()
  const { house, news, root, status, isFirstVisit } = view
  const newsIn = useNewsNames({
    ...{ house, news },
    sectionName: (section) => i18n._(shortSectionLabels[section]),
  })
  const room = (name: 'roof' | 'me' | 'conversation' | 'team' | 'support') => ({
    to: `${root}/${name}`,
    title: i18n._(roomLabels[name]),
    news: newsIn(name),
    isFirstVisit,
  })
  const { whatIf } = house
  const colour = useColour(house)
  return (
    <House
      state={houseState[status]}
      label={t`The house: five parts of ${house.givenName}’s plan`}
      roof={{
        ...room('roof'),
        facts: useRoofFacts(view),
        last: <LastChange view={view} room="roof" />,
        notSaid:
          whatIf || house.died ? null : (
            <Trans>What to do if things get worse is not written yet</Trans>
          ),
      }}
      {...(whatIf
        ? {
            whatIf: {
              green: stepText(whatIf.green),
              amber: stepText(whatIf.amber),
              red: stepText(whatIf.red),
              today: colour?.isCurrent ? colour.said.colour : undefined,
              ...(house.died ? {} : { said: <ColourWords colour={colour} /> }),
            },
          }
        : {})}
      me={{
        ...room('me'),
        children: <RoomMark view={view} items={said(house).length} />,
        more: (
          <>
            <MeFacts view={view} />
            <LastChange view={view} room="me" />
          </>
        ),
        notSaid: notSaidYet(house.aboutMe).map((section) => i18n._(shortSectionLabels[section])),
      }}
      conversation={{
        ...room('conversation'),
        quote: <FirstGoal view={view} />,
        children: (
          <RoomMark
            view={view}
            items={house.goals.length + house.actions.length}
            due={lateIn(view)}
            leftOut={leftOutOf(view)}
          />
        ),
        more: (
          <>
            <ConversationFacts view={view} />
            <LastChange view={view} room="conversation" />
          </>
        ),
        notSaid: openNeeds(house)
          .filter((need) => !need.unmet && !isCovered(view, need.id))
          .map((need) => need.words),
      }}
      team={{
        ...room('team'),
        children: <TeamFaces view={view} />,
        more: (
          <>
            <TeamFacts view={view} />
            <LastChange view={view} room="team" />
          </>
        ),
        notSaid: withoutOwner(view).map((step) => t`Who does this: ${step.what}`),
      }}
      support={{
        ...room('support'),
        arranged: house.support.map(({ title, note }) => ({ title, note })),
        unmet: unmetNeeds(house).map((need) => ({ title: need.words })),
        waiting: house.died ? [] : house.offers.filter(isUnanswered).map(({ what }) => what),
        last: <LastChange view={view} room="support" />,
      }}
    />
  )
}

const withoutOwner = ({ house, day }: HouseView) =>
  house.died
    ? []
    : house.actions.filter(
        (step) => !step.owner && !['done', 'stopped'].includes(promiseState(step, day)),
      )

const said = (house: HouseView['house']) => house.aboutMe.filter((each) => each.words)

const lateIn = ({ house, day }: HouseView) =>
  house.died
    ? 0
    : house.actions.filter((action) => ['overdue', 'today'].includes(promiseState(action, day)))
        .length

/** Goals, steps and needs that the last yes left out; what to do if things get worse is in the roof. */
const leftOutOf = ({ house }: HouseView) =>
  (stillToAgree(house)?.leftOut ?? []).filter(({ record }) => !record.startsWith('CarePlan/'))
    .length

const marks: Readonly<Record<RoomState, 'agreed' | 'writing' | 'due' | 'missing'>> = {
  empty: 'missing',
  writing: 'writing',
  agreed: 'agreed',
  'not-all-agreed': 'due',
  due: 'due',
}

/** The state of a room, as a shape and a word. */
function RoomMark(props: { view: HouseView; items: number; due?: number; leftOut?: number }) {
  const { i18n } = useLingui()
  const { view, items, due = 0, leftOut = 0 } = props
  const state = roomState({ items, due, status: view.status, leftOut })
  return (
    <p>
      <StateMark state={marks[state]}>{i18n._(roomStateLabels[state])}</StateMark>
    </p>
  )
}

const stepText = (step: { sign: string; doWhat: string }) =>
  [step.sign, step.doWhat].filter(Boolean).join(': ')

const isCovered = ({ house }: HouseView, need: string) =>
  openGoals(house).some((goal) => goal.needs.includes(need))

function useRoofFacts(view: HouseView) {
  const { t, i18n } = useLingui()
  const sayDistance = useDistance()
  const { house } = view
  const reviewOn = house.plan?.reviewOn
  const day = (date: string) =>
    i18n.date(new Date(`${date}T12:00:00Z`), {
      timeZone: 'UTC',
      weekday: 'short',
      day: 'numeric',
      month: 'long',
    })
  const coordinator = house.caseOfPlan?.coordinator
  const isMine = coordinator?.reference === whoAmI(house.person).reference
  return [
    {
      label: t`Coordinator`,
      value: coordinator?.name ?? t`Nobody yet`,
      note: isMine ? t`you` : undefined,
    },
    {
      label: t`Next review`,
      value: reviewOn ? day(reviewOn) : t`No date yet`,
      note: reviewOn && !house.died ? sayDistance(daysBetween(view.day, reviewOn)) : undefined,
    },
    {
      label: t`Plan`,
      value: house.plan ? t`Version ${house.plan.version ?? ''}` : t`Not started`,
      note: whoAgreedTo(view) ? t`agreed by ${house.givenName}` : undefined,
    },
  ]
}

/** The person’s own yes to the whole plan as it is now. */
const whoAgreedTo = ({ house, status }: HouseView) => {
  const answer = answerTo(house.agreements, house.plan?.version)
  return ['current', 'review-due'].includes(status) && answer?.yes && !isForPerson(answer)
}

function useDistance() {
  const { i18n } = useLingui()
  return (days: number) => {
    if (days === 0) return i18n._(msg`today`)
    return days > 0
      ? i18n._(msg`${plural(days, { one: 'in # day', other: 'in # days' })}`)
      : i18n._(msg`${plural(-days, { one: '# day ago', other: '# days ago' })}`)
  }
}

function MeFacts({ view: { house } }: { view: HouseView }) {
  const { i18n } = useLingui()
  const words = said(house)
  const talk = words.find((each) => each.section === 'communicate')
  return (
    <dl className="gable-facts">
      <dt>
        <Trans>About me</Trans>
      </dt>
      <dd>
        {joined(words.map(({ section }) => i18n._(shortSectionLabels[section]))) || (
          <Trans>Not said yet</Trans>
        )}
      </dd>
      {talk ? (
        <>
          <dt>
            <Trans>How to talk with me</Trans>
          </dt>
          <dd>{talk.words}</dd>
        </>
      ) : null}
    </dl>
  )
}

function FirstGoal({ view: { house } }: { view: HouseView }) {
  const [goal] = openGoals(house)
  if (!goal) return null
  return <SaidQuote isPersons={goal.expressedBy?.voice === 'person'}>{goal.words}</SaidQuote>
}

function ConversationFacts({ view: { house, day } }: { view: HouseView }) {
  const done = house.actions.filter((action) => promiseState(action, day) === 'done').length
  return (
    <ul className="gable-plain-list">
      <TopGoalLine house={house} />
      <li>
        <Plural value={openGoals(house).length} _0="No goals yet" one="# goal" other="# goals" />
      </li>
      <li>
        <Plural
          value={house.actions.length}
          _0="No steps yet"
          one={`# step, ${done} done`}
          other={`# steps, ${done} done`}
        />
      </li>
    </ul>
  )
}

/** Who is in the team, and what did not happen. */
function TeamFaces({ view: { house, day } }: { view: HouseView }) {
  const failed = house.actions.filter((each) => promiseState(each, day) === 'did-not-happen')
  const what = joined(failed.map((each) => each.what))
  return (
    <>
      <p className="gable-faces">
        {house.team.slice(0, 5).map((member) => (
          <Avatar key={member.who.reference} name={member.who.name} voice={member.who.voice} />
        ))}
      </p>
      {failed.length > 0 ? (
        <p>
          <StateMark state="failed">
            <Trans>
              {house.givenName} says this did not happen: {what}
            </Trans>
          </StateMark>
        </p>
      ) : null}
    </>
  )
}

function TeamFacts({ view: { house, day } }: { view: HouseView }) {
  const { toCome, overdue } = openCounts(house.actions, day)
  return (
    <dl className="gable-facts">
      <dt>
        <Trans>Who is who</Trans>
      </dt>
      <dd>
        <Plural value={house.team.length} _0="Nobody yet" one="# person" other="# people" />
      </dd>
      <dt>
        <Trans>Promises</Trans>
      </dt>
      <dd>
        <Trans>{toCome} to come</Trans>
        {overdue > 0 ? <Plural value={overdue} one=", # overdue" other=", # overdue" /> : null}
      </dd>
    </dl>
  )
}
