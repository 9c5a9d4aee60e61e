import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { DetailMovedOn, inOneLine } from '#domain/person/contact-details.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  failure: unknown
  pending: boolean
  /** what was typed, in one line; absent if nothing was */
  mine?: string
  onKeepMine?: () => void
  onKeepTheirs?: () => void
}>

/** Why it was not saved. If somebody else changed the same one, both are shown, and one is chosen. */
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
    <Notice tone="warning" title={<Trans>Someone else has just changed this</Trans>}>
      <p>
        {theirs ? (
          <Trans>
            It is now: <strong>{inOneLine(theirs)}</strong>, changed by {theirs.written?.by.name}
          </Trans>
        ) : (
          <Trans>It was deleted.</Trans>
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
            <Trans>Keep theirs</Trans>
          </Button>
        </>
      ) : null}
    </Notice>
  )
}

function Why({ failure }: { failure: unknown }) {
  const kind = failure instanceof FhirError ? failure.kind : 'broken'
  if (kind === 'forbidden' || kind === 'missing')
    return <Trans>You are not allowed to change this. What you typed is still here.</Trans>
  if (kind === 'needs-network' || kind === 'not-downloaded')
    return <Trans>This needs an internet connection. Try again when you are connected.</Trans>
  if (kind === 'refused')
    return <Trans>The service did not accept this. What you typed is still here.</Trans>
  return <Trans>What you typed is kept on this device. Please try again.</Trans>
}
