import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

type AskToReplaceProps = Readonly<{
  open: boolean
  file: string
  onClose: () => void
  onYes: () => void
}>

/** Everything here will be deleted: a word has to be typed, so that it cannot happen by mistake. */
export function ConfirmReplace({ open, file, onClose, onYes }: AskToReplaceProps) {
  const { t } = useLingui()
  const [word, setWord] = useState('')
  const [tried, setTried] = useState(false)
  const wanted = t`replace`
  const fits = word.trim().toLowerCase() === wanted.toLowerCase()
  const leave = (then: () => void) => {
    setWord('')
    setTried(false)
    then()
  }
  return (
    <Dialog
      title={t`Replace everything in this browser?`}
      open={open}
      onClose={() => leave(onClose)}
      actions={
        <>
          <Button variant="danger" onClick={() => (fits ? leave(onYes) : setTried(true))}>
            <Trans>Replace everything</Trans>
          </Button>
          <Button variant="link" onClick={() => leave(onClose)}>
            <Trans>Not now</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          All records here now, with their history and the audit log, are permanently deleted. They
          are replaced by what is in <bdi>{file}</bdi>.
        </Trans>
      </p>
      <p>
        <Trans>
          Make a backup of the current records first if you may need them. If the file is refused,
          nothing is changed.
        </Trans>
      </p>
      <TextField
        label={t`Type “${wanted}” to continue`}
        value={word}
        onChange={setWord}
        width={10}
        autoComplete="off"
        error={tried && !fits ? t`Type the word ${wanted}` : undefined}
      />
    </Dialog>
  )
}
