import { useLingui } from '@lingui/react/macro'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'

/** What can be shared, in plain words to the person. */
export function useSharedRoomLabels(): Readonly<Record<AccessLabel, string>> {
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
    alone: '',
    safeguarding: '',
  }
}

/** The same for a carer, about somebody else’s record. */
export function useRoomLabelsOfAnother(): Readonly<Record<AccessLabel, string>> {
  const { t } = useLingui()
  return {
    me: t`what is written about the person`,
    conversation: t`what the person wants to do`,
    team: t`who helps`,
    roof: t`who looks after the plan`,
    support: t`the help that is there`,
    record: t`the health record`,
    own: t`the answers to questionnaires`,
    restricted: '',
    professional: '',
    sealed: '',
    alone: '',
    safeguarding: '',
  }
}
