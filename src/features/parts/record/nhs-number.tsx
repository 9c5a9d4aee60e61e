import { Trans } from '@lingui/react/macro'
import { isNhsNumber } from '#domain/person/nhs-number.ts'

/** Ten digits as 3-3-4; says so if there is none, or if its check digit is wrong: then it may be another person’s. */
export function NhsNumber({ value }: { value?: string | undefined }) {
  if (!value) return <Trans>No NHS number</Trans>
  const digits = value.replace(/[\s-]/g, '')
  const spaced = /^\d{10}$/.test(digits)
    ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`
    : value
  if (isNhsNumber(digits)) return <bdi>{spaced}</bdi>
  return (
    <>
      <bdi>{spaced}</bdi> <Trans>(not verified: fails its check digit)</Trans>
    </>
  )
}
