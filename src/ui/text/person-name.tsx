/** FAMILY, Given (Title): the order in which records are distinguished. */
export function PersonName({
  family,
  given,
  title,
}: Readonly<{
  family?: string | undefined
  given?: string | undefined
  title?: string | undefined
}>) {
  return (
    <bdi>
      {[family?.toLocaleUpperCase(), given].filter(Boolean).join(', ')}
      {title ? ` (${title})` : ''}
    </bdi>
  )
}
