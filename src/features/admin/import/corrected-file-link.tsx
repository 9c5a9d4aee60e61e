import { Trans, useLingui } from '@lingui/react/macro'
import type { ListRead } from '#client/queries/admin/import.ts'
import { correctedFile } from '#domain/import/csv/corrected-file.ts'
import type { ImportRefusal } from '#domain/import/tally.ts'
import { Button } from '#ui/layout/button.tsx'
import { useFaultWords } from './use-fault-words.ts'

type Props = Readonly<{ list: ListRead; refusals: readonly ImportRefusal[] }>

/** The refused rows of a list as a file of their own: to be corrected there and imported again. */
export function CorrectedFile({ list, refusals }: Props) {
  const { t } = useLingui()
  const words = useFaultWords()
  const mine = refusals.filter(({ file, cells }) => file === list.file && cells)
  if (mine.length === 0) return null
  const reasonOf = ({ reason, faults }: ImportRefusal) => faults?.map(words).join(' ') ?? reason
  function save() {
    const rows = mine.map((each) => ({ cells: each.cells ?? [], reason: reasonOf(each) }))
    const text = correctedFile(list.survey.headings, rows, t`Why it was refused`)
    const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
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
