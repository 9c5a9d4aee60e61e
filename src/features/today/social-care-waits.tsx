import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useOffline } from '#client/offline/use-offline.ts'
import { safeguardingQuery } from '#client/queries/social-care/safeguarding.ts'
import { socialCareWorkQuery } from '#client/queries/social-care/social-care-work.ts'
import { useSession } from '#client/session/session.ts'
import { toLookInto } from '#domain/social-care/safeguarding.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** So many concerns and enquiries are open, people had a missed visit, and other things wait. */
type Waiting = Readonly<{ concerns: number; missed: number; count: number }>

/** What waits for a social worker on the page of social care. Nothing for others, offline, and until it is known. */
export function useSocialCareWaiting(): Waiting {
  const actor = useSession((session) => session.actor)
  const isAway = useOffline((all) => all.isAway)
  const isAsked = actor?.role === 'social-worker' && !isAway
  const identity = actor?.identity ?? ''
  const { data: work } = useQuery({ ...socialCareWorkQuery(identity), enabled: isAsked })
  const { data: concerns } = useQuery({ ...safeguardingQuery(identity), enabled: isAsked })
  if (!isAsked) return { concerns: 0, missed: 0, count: 0 }
  const open = toLookInto(concerns ?? []).length
  const lines = work?.lines ?? []
  const missed = lines.filter(({ step }) => step === 'missed-visit').length
  return { concerns: open, missed, count: open + lines.length }
}

/** Today does not repeat the page of social care: it says how much waits there, and what cannot wait. */
export function SocialCareWaits({ waiting }: Readonly<{ waiting: Waiting }>) {
  const { concerns, missed, count } = waiting
  if (count === 0) return null
  return (
    <section className="today-group" aria-labelledby="today-social-care">
      <div className="today-group__head">
        <h2 id="today-social-care">
          <Trans>Social care</Trans> <span className="today-count">{count}</span>
        </h2>
      </div>
      <div className="today-row today-group__rows">
        <div className="today-row__who">
          <p>
            <Plural
              value={count}
              one="# thing waits for you there."
              other="# things wait for you there."
            />
          </p>
        </div>
        <div className="today-row__when">
          {concerns > 0 ? (
            <StateMark state="failed">
              <Plural
                value={concerns}
                one="# safeguarding concern"
                other="# safeguarding concerns"
              />
            </StateMark>
          ) : null}
          {missed > 0 ? (
            <StateMark state="failed">
              <Plural
                value={missed}
                one="# person had a missed visit"
                other="# people had missed visits"
              />
            </StateMark>
          ) : null}
        </div>
        <LinkButton to="/social-care">
          <Trans>Open social care</Trans>
        </LinkButton>
      </div>
    </section>
  )
}
