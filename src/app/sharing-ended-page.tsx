import { Trans, useLingui } from '@lingui/react/macro'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** Shown to a carer if the person has stopped sharing, or the share has ended. */
export function SharingEndedPage() {
  const { t } = useLingui()
  const title = t`This is not shared with you now`
  return (
    <div className="gable-problem" role="alert">
      <title>{`${title} · Gable`}</title>
      <h1 tabIndex={-1}>{title}</h1>
      <p>
        <Trans>
          The person you care for has not shared it, has stopped sharing it, or has set an end date
          that has passed. None of it is kept on this page.
        </Trans>
      </p>
      <p>
        <Trans>If you need to see it, ask the person, or the team that looks after them.</Trans>
      </p>
      <p>
        <LinkButton to="/my" variant="outline">
          <Trans>Go to the first page</Trans>
        </LinkButton>
      </p>
    </div>
  )
}
