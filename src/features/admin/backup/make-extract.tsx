import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { saveExtract } from '#client/queries/admin/exports-and-backups.ts'
import { type ExtractFormat, longestExtractWords } from '#domain/extract/extract-request.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

/** One line a person without anything that says who they are, for whoever analyses; what for and for whom is kept. */
export function MakeExtract() {
  const { t } = useLingui()
  const [said, setSaid] = useState({ purpose: '', recipient: '' })
  const [tried, setTried] = useState(false)
  const saving = useMutation({
    mutationFn: (format: ExtractFormat) => saveExtract({ format, ...said }),
  })
  const isSaid = said.purpose.trim() !== '' && said.recipient.trim() !== ''
  const save = (format: ExtractFormat) => {
    setTried(true)
    if (isSaid) saving.mutate(format)
  }
  const isSaving = (format: ExtractFormat) => saving.isPending && saving.variables === format
  const missing = (field: keyof typeof said, words: string) =>
    tried && said[field].trim() === '' ? words : undefined
  return (
    <section aria-labelledby="make-extract">
      <h2 id="make-extract">
        <Trans>Extract for analysts</Trans>
      </h2>
      <p>
        <Trans>
          One line for each person, in bands: no name, number, date or place. What fewer than five
          people share is made coarser or left out, and so is everybody who said no to planning.
          Somebody who knows a person well may still guess: give it only to whom you named.
        </Trans>
      </p>
      <TextField
        label={t`What is the extract for?`}
        hint={t`It is kept in the audit log.`}
        value={said.purpose}
        onChange={(purpose) => setSaid({ ...said, purpose })}
        maxLength={longestExtractWords}
        error={missing('purpose', t`Say what the extract is for`)}
      />
      <TextField
        label={t`Who will have it?`}
        value={said.recipient}
        onChange={(recipient) => setSaid({ ...said, recipient })}
        maxLength={longestExtractWords}
        error={missing('recipient', t`Say who will have the extract`)}
      />
      <p className="backup__actions">
        <Button pending={isSaving('csv')} onClick={() => save('csv')}>
          <Trans>Download the extract</Trans>
        </Button>
        <Button variant="outline" pending={isSaving('parquet')} onClick={() => save('parquet')}>
          <Trans>Download as Parquet</Trans>
        </Button>
        <Button
          variant="outline"
          pending={isSaving('dictionary')}
          onClick={() => saving.mutate('dictionary')}
        >
          <Trans>Download what the columns mean</Trans>
        </Button>
      </p>
      {saving.isSuccess ? (
        <Notice tone="done" title={t`The file is saved on this device.`} />
      ) : null}
      {saving.error ? (
        <Notice tone="danger" title={<Trans>Nothing was downloaded</Trans>}>
          <p>{saving.error.message}</p>
        </Notice>
      ) : null}
    </section>
  )
}
