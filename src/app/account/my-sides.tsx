import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useSession } from '#client/session/session.ts'
import { sidesQuery, takeSide } from '#client/session/sides.ts'
import type { Side } from '#domain/carer/side.ts'
import { Button } from '#ui/layout/button.tsx'

/** For a carer who has a record of their own as well: whose pages these are, and the way to the other ones. */
export function MySides() {
  const { t } = useLingui()
  const role = useSession(({ actor }) => actor?.role)
  const { data: sides = [] } = useQuery(sidesQuery())
  const { pending, failure, run } = useAsyncAction()
  if (sides.length < 2 || (role !== 'person' && role !== 'carer')) return null
  const words: Readonly<Record<Side, string>> = {
    person: t`Your own page`,
    carer: t`The person you help`,
  }
  return (
    <nav className="my-sides" aria-label={t`Whose pages`}>
      {(['person', 'carer'] as const).map((side) =>
        side === role ? (
          <strong key={side} aria-current="true">
            {words[side]}
          </strong>
        ) : (
          <Button
            key={side}
            variant="link"
            pending={pending}
            onClick={() => void run(() => takeSide(side))}
          >
            {words[side]}
          </Button>
        ),
      )}
      {failure ? (
        <p role="alert">
          <Trans>That did not work. Please try again.</Trans>
        </p>
      ) : null}
    </nav>
  )
}
