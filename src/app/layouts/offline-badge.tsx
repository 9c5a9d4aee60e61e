import { Trans, useLingui } from '@lingui/react/macro'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { downloadPatients, removeDownload } from '#client/offline/download-patients.ts'
import { useOffline, useOfflineAvailable } from '#client/offline/use-offline.ts'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** Whether this person's record is downloaded to the device, and how to download or remove it. Team build only. */
export function OfflineBadge({ person }: { person: string }) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const { people, isAway } = useOffline()
  const { pending, failure, run } = useAsyncAction()
  if (!useOfflineAvailable()) return null
  const downloaded = people.find((each) => each.id === person)
  const time = downloaded
    ? i18n.date(new Date(downloaded.takenAt), { hour: 'numeric', minute: '2-digit', ...zone })
    : ''
  return (
    <p className="gable-meta">
      {downloaded ? <Trans>Downloaded to this device for offline use, as of {time}.</Trans> : null}{' '}
      {downloaded?.readingsSince ? (
        <Trans>
          Readings are here from <DateText date={downloaded.readingsSince} /> on. Older readings
          need a connection.
        </Trans>
      ) : null}{' '}
      {isAway ? null : (
        <Button
          variant="link"
          pending={pending}
          onClick={() =>
            void run(() => (downloaded ? removeDownload(person) : downloadPatients([person])))
          }
        >
          {downloaded ? (
            <Trans>Remove from this device</Trans>
          ) : (
            <Trans>Download for offline</Trans>
          )}
        </Button>
      )}
      {failure ? <Trans>That did not work. Please try again.</Trans> : null}
    </p>
  )
}
