import { Trans } from '@lingui/react/macro'

/** Ten digits as 3-3-4; says so if there is none. */
export function NhsNumber({ value }: { value?: string | undefined }) {
  if (!value) return <Trans>No NHS number</Trans>
  const spaced = /^\d{10}$/.test(value)
    ? `${value.slice(0, 3)} ${value.slice(3, 6)} ${value.slice(6)}`
    : value
  return <bdi>{spaced}</bdi>
}
