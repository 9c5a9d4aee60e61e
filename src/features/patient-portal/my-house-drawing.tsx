import { Trans, useLingui } from '@lingui/react/macro'
import type { ComponentProps } from 'react'
import { notSaidYet } from '#domain/plan/about-me.ts'
import { openGoals, unmetNeeds } from '#domain/plan/house/house.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import type { PlanStatus } from '#domain/plan/plan-status.ts'
import { isUnanswered } from '#domain/support/offer.ts'
import { useNewsNames } from '#features/parts/whole-plan/use-news-names.ts'
import { House } from '#ui/house/house.tsx'
import { joint } from '#ui/house/joint.ts'
import { OwnText } from '#ui/text/own-text.tsx'
import { useRoomLabels, useSectionLabels } from './labels.ts'
import type { MyHouse } from './use-my-house.ts'

const drawn: Readonly<Record<PlanStatus, ComponentProps<typeof House>['state']>> = {
  none: 'none',
  draft: 'writing',
  'awaiting-person': 'waiting',
  'agreed-in-part': 'in-part',
  current: 'agreed',
  'review-due': 'review-due',
}

/** The same house, in plain words and at most three lines a room. */
export function MyHouseDrawing({ mine }: { mine: MyHouse }) {
  const { t, i18n } = useLingui()
  const { house, news, status, hidden, isFirstVisit } = mine
  const titles = useRoomLabels(mine)
  const sectionName = useSectionLabels(mine)
  const newsIn = useNewsNames({ house, news, sectionName })
  const room = (name: HouseRoom) => ({
    to: `/my/${name}`,
    title: titles[name],
    news: newsIn(name),
    isFirstVisit,
  })
  const line = (name: HouseRoom, words: React.ReactNode) =>
    hidden.includes(name) ? <Trans>Not shared with you</Trans> : words
  const missing = notSaidYet(house.aboutMe)
  const reviewOn = house.plan?.reviewOn
  const day = reviewOn
    ? i18n.date(new Date(`${reviewOn}T12:00:00Z`), {
        timeZone: 'UTC',
        day: 'numeric',
        month: 'long',
      })
    : t`no date yet`
  const coordinator = house.caseOfPlan?.coordinator?.name
  return (
    <House
      state={drawn[status]}
      label={t`The house: five parts of the plan`}
      small
      roof={{
        ...room('roof'),
        line: line(
          'roof',
          coordinator ? (
            <Trans>
              {coordinator}. Next talk: {day}
            </Trans>
          ) : (
            <Trans>Next talk: {day}</Trans>
          ),
        ),
      }}
      me={{ ...room('me'), children: line('me', <NotSaid names={missing.map(sectionName)} />) }}
      conversation={{
        ...room('conversation'),
        children: line(
          'conversation',
          <Named
            names={openGoals(house).map(({ words }) => words)}
            none={<Trans>Nothing said yet</Trans>}
          />,
        ),
      }}
      team={{
        ...room('team'),
        children: line(
          'team',
          <Named names={house.team.map(({ who }) => who.name)} none={<Trans>Nobody yet</Trans>} />,
        ),
      }}
      support={{
        ...room('support'),
        arranged: house.support.map(({ title, note }) => ({ title, note })),
        unmet: unmetNeeds(house).map((need) => ({ title: need.words })),
        waiting: house.died ? [] : house.offers.filter(isUnanswered).map(({ what }) => what),
      }}
    />
  )
}

/** What is missing about the person, by name. */
function NotSaid({ names }: Readonly<{ names: readonly string[] }>) {
  if (names.length === 0) return <Trans>All said</Trans>
  return (
    <>
      <span>
        <Trans>Not said yet:</Trans>
      </span>{' '}
      <Named names={names} none={null} isOurs />
    </>
  )
}

const most = 3

/** The names, in place of how many there are. */
function Named(
  props: Readonly<{
    names: readonly string[]
    none: React.ReactNode
    /** our words, not those of somebody in the plan */
    isOurs?: boolean
  }>,
) {
  const { names, none, isOurs = false } = props
  if (names.length === 0) return none
  return (
    <>
      {names.slice(0, most).map((name, place) => (
        <span key={name}>
          {place > 0 ? joint(names[place - 1] ?? '') : null}
          {isOurs ? name : <OwnText>{name}</OwnText>}
        </span>
      ))}
      {names.length > most ? (
        <>
          {' '}
          <span>
            <Trans>and others</Trans>
          </span>
        </>
      ) : null}
    </>
  )
}
