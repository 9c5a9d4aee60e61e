import { Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { registrationQuery } from '#client/queries/coordination/hand-over.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** Which practice the person is registered with, and the way to hand the person over. */
export function RegisteredHere({ person }: { person: string }) {
  const { data } = useSuspenseQuery(registrationQuery(person))
  const names = data.registered.map(({ name, reference }) => name || reference).join(', ')
  const { waiting } = data
  return (
    <section aria-labelledby="sharing-practice">
      <h2 id="sharing-practice">
        <Trans>The practice</Trans>
      </h2>
      <p>
        {names ? (
          <Trans>
            Registered with <strong>{names}</strong>. Everyone who works there can see this record,
            except what is restricted.
          </Trans>
        ) : (
          <Trans>No practice is recorded.</Trans>
        )}
      </p>
      {waiting ? (
        <p>
          <StateMark state="due">
            <Trans>
              {waiting.by.name} asks {waiting.to.name} to take this person on
            </Trans>
          </StateMark>
        </p>
      ) : null}
      <LinkButton to={`/people/${person}/hand-over`} variant="outline">
        {waiting ? <Trans>Open</Trans> : <Trans>Change of practice</Trans>}
      </LinkButton>
    </section>
  )
}
