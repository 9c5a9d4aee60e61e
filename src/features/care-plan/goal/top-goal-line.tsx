import { Trans, useLingui } from '@lingui/react/macro'
import { whoAmI } from '#client/session/who-am-i.ts'
import { agreedTopGoal, type TopGoal, topGoalsNow } from '#domain/goal/said/top-goal.ts'
import { type HouseRecord, openGoals } from '#domain/plan/house/house.ts'

/** Who puts the same goal first, and who another: of the last round that everybody may see. */
export function TopGoalLine({ house }: { house: HouseRecord }) {
  const choices = topGoalsNow(house.topGoals.filter(({ isOpen }) => !isOpen))
  const agreed = agreedTopGoal(choices)
  if (!agreed) return null
  const isShownAbove = openGoals(house)[0]?.id === agreed.goal
  const words = house.goals.find(({ id }) => id === agreed.goal)?.words ?? ''
  const others = choices.filter((each) => !agreed.parties.includes(each))
  return (
    <li>
      {isShownAbove ? null : <b>{words}</b>}{' '}
      <Trans>
        Chosen as the most important goal by <Names choices={agreed.parties} house={house} />.
      </Trans>{' '}
      {others.length > 0 ? (
        <Trans>
          Another goal was chosen by <Names choices={others} house={house} />.
        </Trans>
      ) : null}
    </li>
  )
}

function Names({ choices, house }: { choices: readonly TopGoal[]; house: HouseRecord }) {
  const { t, i18n } = useLingui()
  const me = whoAmI(house.person).reference
  const names = choices.map(({ by }) => (by.reference === me ? t`you` : by.name))
  return new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(names)
}
