import { Trans, useLingui } from '@lingui/react/macro'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import type { Share } from '#domain/consent/shares.ts'

type Props = Readonly<{
  share: Pick<Share, 'read' | 'write'>
  name: string
  words: Readonly<Record<AccessLabel, string>>
}>

/** Where somebody may write, besides reading: in everything that is shared, or in these. */
export function CanWriteLabel({ share: { read, write }, name, words }: Props) {
  const { t } = useLingui()
  if (write.length === 0) return null
  // of the health record only readings are written
  const all = write.map((room) => (room === 'record' ? t`readings` : words[room]))
  return (
    <p>
      {!write.includes('record') && read.every((room) => write.includes(room)) ? (
        <Trans>{name} can write there as well.</Trans>
      ) : (
        <Trans>
          {name} can write in: {all.join(', ')}.
        </Trans>
      )}
    </p>
  )
}
