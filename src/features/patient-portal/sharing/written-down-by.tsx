import { Trans } from '@lingui/react/macro'

type Props = Readonly<{
  /** references of those who wrote a share down for the person */
  by: readonly string[]
  writers: ReadonlyMap<string, string>
}>

/** Who wrote a share down for the person; nothing if they did it themselves, or if nobody’s name is known. */
export function WrittenDownBy({ by, writers }: Props) {
  const names = by.map((each) => writers.get(each) ?? '').filter(Boolean)
  if (names.length === 0) return null
  return (
    <p className="who-looked-role">
      <Trans>{names.join(', ')} wrote this down for you.</Trans>
    </p>
  )
}
