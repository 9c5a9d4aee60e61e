import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { WeightInput } from '#domain/cover/caseload-weight.ts'

const words: Readonly<Record<WeightInput, MessageDescriptor>> = {
  new: msg`taken on in the last 30 days`,
  'no-plan': msg`no plan yet`,
  'in-hospital': msg`in hospital`,
  alert: msg`an alert is open`,
  'review-overdue': msg`review overdue`,
}

/** What makes somebody more work. */
export function InputWords({ input }: Readonly<{ input: WeightInput }>) {
  const { i18n } = useLingui()
  return i18n._(words[input])
}

/** What a person counts, and why. */
export function WeightWords({
  weight,
  inputs,
}: Readonly<{ weight: number; inputs: readonly WeightInput[] }>) {
  const { i18n } = useLingui()
  const why = inputs.map((each) => i18n._(words[each])).join(', ')
  if (why === '') return <Trans>Weight {weight}</Trans>
  return (
    <Trans>
      Weight {weight}: {why}
    </Trans>
  )
}
