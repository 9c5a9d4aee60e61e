import { Trans } from '@lingui/react/macro'
import { draftStorage } from '#client/forms/draft-storage.ts'
import { useLastViewed } from '#client/forms/last-viewed.ts'
import { useSession } from '#client/session/session.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'

const keyFor = (person: string) =>
  `gable-summary:${useSession.getState().actor?.identity ?? 'nobody'}:${person}`

/** On this device this user has read the one page about this person. */
export function noteSummaryRead(person: string): void {
  try {
    draftStorage().set(keyFor(person), 'read')
  } catch {
    // a browser that gives no storage: it is offered again
  }
}

/** To somebody who has never opened this person before: read the one page first. */
export function SummaryFirst({
  person,
  givenName,
}: Readonly<{ person: string; givenName: string }>) {
  const viewed = useLastViewed(person)
  const isNew = Object.keys(viewed).length === 0 && draftStorage().get(keyFor(person)) === undefined
  if (!isNew) return null
  return (
    <div className="gable-summary-first">
      <Notice
        tone="info"
        title={<Trans>You have not opened {givenName}’s plan before</Trans>}
        actions={
          <LinkButton to={`/people/${person}/summary`} variant="outline">
            <Trans>Read the one page first</Trans>
          </LinkButton>
        }
      >
        <p>
          <Trans>
            Who {givenName} is, what matters, how to talk together, and what to do if things get
            worse.
          </Trans>
        </p>
      </Notice>
    </div>
  )
}
