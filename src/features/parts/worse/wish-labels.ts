import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { WishPart } from '#domain/plan/worse/wish-codes.ts'
import type { WishDocumentSort } from '#domain/plan/worse/wishes.ts'

export const wishLabels: Readonly<Record<WishPart, MessageDescriptor>> = {
  matters: msg`What matters to me if I am very ill`,
  avoid: msg`What I do not want`,
  place: msg`Where I want to be cared for`,
  decides: msg`Who decides with me, or for me`,
}

export const wishDocumentLabels: Readonly<Record<WishDocumentSort, MessageDescriptor>> = {
  respect: msg`ReSPECT form (what to do in an emergency)`,
  adrt: msg`Advance decision to refuse treatment (ADRT)`,
  dnacpr: msg`Decision not to try to restart the heart (DNACPR)`,
  statement: msg`Advance statement`,
  lpa: msg`Lasting power of attorney for health and welfare`,
  deputy: msg`Deputy appointed by the Court of Protection`,
}
