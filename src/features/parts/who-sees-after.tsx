import { Trans } from '@lingui/react/macro'
import type { HandOver } from '#domain/team/hand-over.ts'
import type { Stays } from '#domain/team/who-stays.ts'

/** Who will see the record once the other practice has accepted, and who no longer will. */
export function WhoSeesAfter({
  by,
  to,
  stays,
}: Readonly<Pick<HandOver, 'by' | 'to'> & { stays: Stays }>) {
  const keepsAll = stays.hasCase || stays.tasks.length > 0
  return (
    <dl className="gable-facts hand-over-facts">
      <dt>
        <Trans>Will be able to see the record</Trans>
      </dt>
      <dd>
        <Trans>Everyone who works at {to.name}</Trans>
      </dd>
      <dt>
        {keepsAll ? (
          <Trans>Can still see the record</Trans>
        ) : (
          <Trans>Will no longer be able to see the record</Trans>
        )}
      </dt>
      {keepsAll ? <KeepsAll {...{ by, stays }} /> : <Leaves {...{ by, stays }} />}
    </dl>
  )
}

type Side = Readonly<{ by: HandOver['by']; stays: Stays }>

function KeepsAll({ by, stays }: Side) {
  return (
    <>
      {stays.hasCase ? (
        <dd>
          <Trans>{by.name}, while the case is open there. To end that, close the case.</Trans>
        </dd>
      ) : null}
      {stays.tasks.map((what) => (
        <dd key={what}>
          <Trans>
            {by.name}, until this is done: {what}
          </Trans>
        </dd>
      ))}
    </>
  )
}

function Leaves({ by, stays }: Side) {
  const names = stays.people.join(', ')
  return (
    <dd>
      {names ? (
        <Trans>
          {by.name}, except those in the care team: {names}
        </Trans>
      ) : (
        <Trans>Everyone who works at {by.name}</Trans>
      )}
    </dd>
  )
}
