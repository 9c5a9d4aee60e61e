import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { savePeopleList } from '#client/queries/admin/exports-and-backups.ts'
import type { FindFilters } from '#client/queries/monitoring/find-people.ts'
import { type ExportUse, longestPurpose } from '#domain/case/export-people.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

type Props = Readonly<{
  /** undefined: the counts of the population, for a manager */
  filters: Omit<FindFilters, 'page'> | undefined
  onClose: () => void
}>

/** What a file is for, and whether it has names. */
export function ExportDialog({ filters, onClose }: Props) {
  const { t } = useLingui()
  const [use, setUse] = useState<ExportUse>(filters ? 'care' : 'planning')
  const [purpose, setPurpose] = useState('')
  const [tried, setTried] = useState(false)
  const saving = useMutation({
    mutationFn: () => savePeopleList(filters, { use, purpose: purpose.trim() }),
    onSuccess: onClose,
  })
  const isMissing = purpose.trim() === ''
  const save = () => {
    setTried(true)
    if (isMissing) return
    saving.mutate()
  }
  return (
    <Dialog
      open
      title={filters ? t`Download this list` : t`Download the counts`}
      onClose={onClose}
      actions={
        <TwoWaysOut
          pending={saving.isPending}
          onSave={save}
          onCancel={onClose}
          save={<Trans>Download</Trans>}
        />
      }
    >
      {saving.error ? (
        <Notice tone="danger" title={<Trans>Nothing was downloaded</Trans>}>
          <p>{saving.error.message}</p>
        </Notice>
      ) : null}
      {filters ? (
        <Radios
          legend={t`What is in it`}
          name="use"
          value={use}
          onChange={(value) => setUse(value === 'planning' ? 'planning' : 'care')}
          options={[
            {
              value: 'care',
              label: t`With names, to care for these people`,
              hint: t`Each of them sees under “Who has looked” that you downloaded it.`,
            },
            {
              value: 'planning',
              label: t`Without names, to plan`,
              hint: t`Whoever said no to the use of their data for planning is left out.`,
            },
          ]}
        />
      ) : (
        <p>
          <Trans>Rounded numbers as on this page, without a line about any person.</Trans>
        </p>
      )}
      <TextField
        label={t`What is it for?`}
        hint={t`It is kept in the audit log.`}
        value={purpose}
        onChange={setPurpose}
        maxLength={longestPurpose}
        error={tried && isMissing ? t`Say what the file is for` : undefined}
      />
    </Dialog>
  )
}
