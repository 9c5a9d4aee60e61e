import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { AbsenceState } from '#domain/cover/absence.ts'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'

const words: Readonly<Record<AbsenceState, MessageDescriptor>> = {
  planned: msg`To come`,
  away: msg`Away now`,
  back: msg`Back: what happened is to be read`,
  read: msg`Over, and read`,
}
const marks: Readonly<Record<AbsenceState, MarkState>> = {
  ...{ planned: 'writing', away: 'due', back: 'due', read: 'agreed' },
}

/** Where an absence stands, in words. */
export function AbsenceStateMark({ state }: Readonly<{ state: AbsenceState }>) {
  const { i18n } = useLingui()
  return <StateMark state={marks[state]}>{i18n._(words[state])}</StateMark>
}
