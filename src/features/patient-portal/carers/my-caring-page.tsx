import { Trans, useLingui } from '@lingui/react/macro'
import { useSession } from '#client/session/session.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { CaringNextDoor } from './caring-next-door.tsx'
import { CaringOwnRecord } from './caring-own-record.tsx'

/** The page about somebody as a carer: here they are looked after, not the person they care for. */
export function MyCaringPage() {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const person = actor?.person
  const [role] = actor?.caresFor ?? []
  return (
    <div className="my-page">
      <title>{t`You as a carer · Gable`}</title>
      <h1 tabIndex={-1}>
        <Trans>You as a carer</Trans>
      </h1>
      <p className="my-lead">
        {person ? (
          <Trans>
            You look after someone. Here we look after you. They do not see this page unless you let
            them.
          </Trans>
        ) : (
          <Trans>You look after someone. You have a right to be looked after, too.</Trans>
        )}
      </p>
      {person ? (
        <CaringOwnRecord person={person} />
      ) : role ? (
        <CaringNextDoor person={role.person} carer={role.relatedPerson} />
      ) : null}
      <BackToHouse isOwn={person !== undefined} />
    </div>
  )
}
