import { useLingui } from '@lingui/react/macro'
import { sayAboutPromise, sayWhatWasDone } from '#client/queries/goals/promises.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { Action } from '#domain/goal/goal.ts'
import { promiseState } from '#domain/goal/promise-state.ts'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { PromiseDeedForm } from '#features/parts/promises/promise-deed-form.tsx'

/** What a professional can say about a promise: what was done, that they reviewed it, what they did about it. */
export function PromiseDeeds({ view, action }: { view: HouseView; action: Action }) {
  const { t } = useLingui()
  const { house, day } = view
  const me = whoAmI(house.person).reference
  const isOwner = action.owner?.reference === me
  const coordinator = house.caseOfPlan?.coordinator?.reference
  const state = promiseState(action, day)
  const about = action.what
  if (house.died) return null
  if (state === 'did-not-happen')
    return isOwner || coordinator === undefined || coordinator === me ? (
      <PromiseDeedForm
        {...{ place: `promise-dealt:${action.id}`, about }}
        button={t`Say what was done about it`}
        label={t`What did you do about it?`}
        missing={t`Enter a few words`}
        send={(id, words) => sayAboutPromise('promise-dealt-with', { id, action, words })}
      />
    ) : null
  if (state !== 'done') return null
  if (isOwner)
    return action.evidence ? null : (
      <PromiseDeedForm
        {...{ place: `promise-done:${action.id}`, about }}
        button={t`Say what was done`}
        label={t`What was done?`}
        missing={t`Enter a few words`}
        send={(_id, words) => sayWhatWasDone(action, words)}
      />
    )
  return action.review ? null : (
    <PromiseDeedForm
      {...{ place: `promise-review:${action.id}`, about }}
      button={t`I have reviewed this`}
      label={t`What did you see? You can leave this empty.`}
      send={(id, words) => sayAboutPromise('promise-review', { id, action, words })}
    />
  )
}
