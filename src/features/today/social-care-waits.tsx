import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useOffline } from '#client/offline/use-offline.ts'
import { socialCareWorkQuery } from '#client/queries/social-care/social-care-work.ts'
import { useSession } from '#client/session/session.ts'
import type { SocialCareLine } from '#domain/social-care/social-care-work.ts'
import { Card } from '#ui/layout/card.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** What waits for a social worker on the page of social care. None for others, offline, and until it is known. */
export function useSocialCareWaiting(): readonly SocialCareLine[] {
  const actor = useSession((session) => session.actor)
  const isAway = useOffline((all) => all.isAway)
  const isAsked = actor?.role === 'social-worker' && !isAway
  const { data } = useQuery({ ...socialCareWorkQuery(actor?.identity ?? ''), enabled: isAsked })
  return isAsked ? (data?.lines ?? []) : []
}

/** Today does not repeat the page of social care: it says how much waits there, and what cannot wait. */
export function SocialCareWaits({ lines }: Readonly<{ lines: readonly SocialCareLine[] }>) {
  if (lines.length === 0) return null
  const missed = lines.filter(({ step }) => step === 'missed-visit').length
  return (
    <Card title={<Trans>Social care</Trans>}>
      {missed > 0 ? (
        <p>
          <strong>
            <Plural
              value={missed}
              one="# person had a missed visit"
              other="# people had missed visits"
            />
          </strong>
        </p>
      ) : null}
      <p>
        <Plural
          value={lines.length}
          one="# thing waits for you there."
          other="# things wait for you there."
        />
      </p>
      <LinkButton to="/social-care" variant="link">
        <Trans>Open social care</Trans>
      </LinkButton>
    </Card>
  )
}
