import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OptOutKind } from '#domain/opt-out/is-opt-out.ts'
import type { ToldHow } from '#domain/opt-out/opt-out.ts'

/** What somebody can say no to, in words for staff. */
export const optOutLabels: Readonly<Record<OptOutKind, MessageDescriptor>> = {
  planning: msg`Data for planning and research`,
  finding: msg`Being looked for`,
  case: msg`Case management`,
}

export const optOutMeanings: Readonly<Record<OptOutKind, MessageDescriptor>> = {
  planning: msg`Left out of every count, measure and extract here; only the caseload of their own coordinator counts them. Care and risk lists for the treating team are not affected. The national data opt-out is set by the person, at their practice or with the NHS.`,
  finding: msg`In no list of people who could be helped. Their record still opens, and you can refer and treat as before.`,
  case: msg`Nobody can start a case or take up a paused one. A case that is open goes on until you have talked with them and closed it.`,
}

export const toldHowLabels: Readonly<Record<ToldHow, MessageDescriptor>> = {
  spoken: msg`Face to face`,
  phone: msg`By phone`,
  letter: msg`In a letter or on a form`,
}
