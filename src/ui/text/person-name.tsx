import { Trans } from '@lingui/react/macro'

/** FAMILY, Given (Title): the order in which records are distinguished; says so if no name is recorded. */
export function PersonName({
  family,
  given,
  title,
}: Readonly<{
  family?: string | undefined
  given?: string | undefined
  title?: string | undefined
}>) {
  if (!family && !given) return <Trans>No name</Trans>
  return (
    <bdi>
      {[family?.toLocaleUpperCase(), given].filter(Boolean).join(', ')}
      {title ? ` (${title})` : ''}
    </bdi>
  )
}
