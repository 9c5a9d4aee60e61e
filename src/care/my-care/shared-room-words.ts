import { useLingui } from '@lingui/react/macro'
import type { Room } from '#domain/access/room.ts'

/** What can be shared, in plain words to the person. */
export function useSharedRoomWords(): Readonly<Record<Room, string>> {
  const { t } = useLingui()
  return {
    me: t`what is written about you`,
    conversation: t`what you want to do`,
    team: t`who helps you`,
    roof: t`who looks after the plan`,
    support: t`the help you get`,
    record: t`your health record`,
    own: t`your answers to questionnaires`,
    restricted: '',
    professional: '',
    sealed: '',
  }
}
