import { useLingui } from '@lingui/react/macro'
import { useOffline } from '#client/offline/use-offline.ts'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** The time as of which everybody downloaded is on this device, in words; empty if nobody is. */
export function useDownloadedAt(): string {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const times = useOffline((all) => all.people).map((each) => each.takenAt)
  const [first] = times.toSorted()
  return first ? i18n.date(new Date(first), { hour: 'numeric', minute: '2-digit', ...zone }) : ''
}
