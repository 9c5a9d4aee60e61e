import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { UnmetKind } from '#domain/outcome/unmet-needs.ts'

export const unmetKindLabels: Readonly<Record<UnmetKind, MessageDescriptor>> = {
  health: msg`Health`,
  social: msg`Social care`,
  both: msg`Health and social care`,
  unsaid: msg`Nobody said which`,
}
