import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { moveAction } from '#client/queries/care-plan/goals.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { Action } from '#domain/goal/goal.ts'
import { promiseState } from '#domain/goal/promise-state.ts'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'

/** What the reader can do about a promise: say that their own is done, or talk to the one whose promise failed. */
export function PromiseVerb({ view, action }: { view: HouseView; action: Action }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const { house, day, root } = view
  const { owner } = action
  const isOwn = owner?.reference === whoAmI(house.person).reference
  const state = promiseState(action, day)
  if (isOwn && state !== 'did-not-happen')
    return (
      <>
        <Button
          variant="link"
          pending={saving.pending}
          aria-label={t`Say it is done: ${action.what}`}
          onClick={() => void saving.run(() => moveAction(action, 'done', day))}
        >
          <Trans>Say it is done</Trans>
        </Button>
        <SaveNote saving={saving} />
      </>
    )
  if (state !== 'did-not-happen' || !owner) return null
  const phone = house.team.find(({ who }) => who.reference === owner.reference)?.phone
  return (
    <p>
      <Link to={`${root}/conversation#action-${action.id}`}>
        {isOwn ? <Trans>Say what was done about it</Trans> : <Trans>Talk to {owner.name}</Trans>}
      </Link>
      {phone && !isOwn ? (
        <>
          {' '}
          <PhoneLink number={phone} />
        </>
      ) : null}
    </p>
  )
}
