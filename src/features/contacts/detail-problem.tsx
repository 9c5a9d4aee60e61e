import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { DetailMovedOn, inOneLine } from '#domain/person/contact-details.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  failure: unknown
  pending: boolean
  /** what was typed, in one line; absent where nothing was */
  mine?: string
  onKeepMine?: () => void
  onKeepTheirs?: () => void
}>

/** Why it was not saved. When somebody else changed the same one, both are shown, and one is chosen. */
export function DetailProblem({ failure, pending, mine, onKeepMine, onKeepTheirs }: Props) {
  if (!failure) return null
  if (!(failure instanceof DetailMovedOn))
    return (
      <Notice tone="danger" title={<Trans>Not saved yet</Trans>}>
        <p>
          <Why failure={failure} />
        </p>
      </Notice>
    )
  const { theirs } = failure
  return (
    <Notice tone="warning" title={<Trans>Somebody else changed this meanwhile</Trans>}>
      <p>
        {theirs ? (
          <Trans>
            It says now: <strong>{inOneLine(theirs)}</strong>, by {theirs.written?.by.name}
          </Trans>
        ) : (
          <Trans>It was taken out.</Trans>
        )}
      </p>
      {mine && onKeepMine && onKeepTheirs ? (
        <>
          <p>
            <Trans>
              You wrote: <strong>{mine}</strong>
            </Trans>
          </p>
          <Button variant="outline" pending={pending} onClick={onKeepMine}>
            <Trans>Save mine</Trans>
          </Button>
          <Button variant="outline" pending={pending} onClick={onKeepTheirs}>
            <Trans>Leave it as it is now</Trans>
          </Button>
        </>
      ) : null}
    </Notice>
  )
}

function Why({ failure }: { failure: unknown }) {
  const kind = failure instanceof FhirError ? failure.kind : 'broken'
  if (kind === 'forbidden' || kind === 'missing')
    return <Trans>You may not change this. What you typed still stands here.</Trans>
  if (kind === 'needs-network' || kind === 'not-along')
    return <Trans>This cannot wait on the device: do it when there is a network.</Trans>
  if (kind === 'refused')
    return <Trans>The record did not take this. What you typed still stands here.</Trans>
  return <Trans>What you typed is kept on this device. Please try again.</Trans>
}
