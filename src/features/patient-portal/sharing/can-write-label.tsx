import { Trans } from '@lingui/react/macro'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import type { Share } from '#domain/consent/shares.ts'

type Props = Readonly<{
  share: Pick<Share, 'read' | 'write'>
  name: string
  words: Readonly<Record<AccessLabel, string>>
}>

/** Where somebody may write, besides reading: in everything that is shared, or in these. */
export function CanWriteLabel({ share: { read, write }, name, words }: Props) {
  if (write.length === 0) return null
  return (
    <p>
      {read.every((room) => write.includes(room)) ? (
        <Trans>{name} can write there as well.</Trans>
      ) : (
        <Trans>
          {name} can write in: {write.map((room) => words[room]).join(', ')}.
        </Trans>
      )}
    </p>
  )
}
