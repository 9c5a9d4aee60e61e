import { useLingui } from '@lingui/react/macro'
import { useOthersAt } from '#client/session/presence.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import { PresenceLine } from '#ui/presence/presence-line.tsx'
import { roomLabels } from './labels.ts'

/** Who else is in this plan now. */
export function OthersHere({ person, place }: { person: string; place: HouseRoom | 'house' }) {
  const { i18n } = useLingui()
  const titles = Object.fromEntries(
    Object.entries(roomLabels).map(([room, words]) => [room, i18n._(words)]),
  )
  return <PresenceLine others={useOthersAt(person)} place={place} titles={titles} />
}
