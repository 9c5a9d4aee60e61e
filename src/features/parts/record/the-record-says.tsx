import { Trans } from '@lingui/react/macro'
import { OwnText } from '#ui/text/own-text.tsx'

/** Beside the plain word: the word of the record, which is English in every language of the page. */
export function TheRecordSays({ words }: Readonly<{ words: string }>) {
  return (
    <Trans>
      The record says: <OwnText>{words}</OwnText>.
    </Trans>
  )
}
