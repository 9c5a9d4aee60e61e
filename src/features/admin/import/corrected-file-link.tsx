import { Trans, useLingui } from '@lingui/react/macro'
import type { ListRead } from '#client/queries/admin/import.ts'
import { correctedHead } from '#domain/import/csv/corrected-line.ts'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ list: ListRead; rows: Blob }>

/** The refused rows of a list as a file of their own: to be corrected there and imported again. */
export function CorrectedFile({ list, rows }: Props) {
  const { t } = useLingui()
  function save() {
    const head = correctedHead(list.survey.headings, t`Why it was refused`)
    const whole = new Blob([head, rows], { type: 'text/csv;charset=utf-8' })
    const address = URL.createObjectURL(whole)
    const link = document.createElement('a')
    link.href = address
    link.download = t`refused-rows.csv`
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <p>
      <Button variant="outline" onClick={save}>
        <Trans>
          Download the refused rows of <bdi>{list.file}</bdi>
        </Trans>
      </Button>{' '}
      <span className="import-note">
        <Trans>Correct them in that file, then import it.</Trans>
      </span>
    </p>
  )
}
