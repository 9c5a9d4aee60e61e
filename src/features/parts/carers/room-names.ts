import { useLingui } from '@lingui/react/macro'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'

/** The rooms of a record, as professionals call them. */
export function useRoomNames(): Readonly<Record<AccessLabel, string>> {
  const { t } = useLingui()
  return {
    me: t`Me`,
    conversation: t`Our conversation`,
    team: t`My team`,
    roof: t`How it is organised`,
    support: t`What supports us`,
    record: t`The clinical record`,
    own: t`Answers to questionnaires`,
    restricted: t`Restricted records`,
    professional: t`Notes between professionals`,
    sealed: t`Restricted notes between professionals`,
    alone: t`Answers that each person gives alone`,
    safeguarding: '',
  }
}
