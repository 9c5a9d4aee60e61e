import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { CutFile, ListRead } from '#client/queries/admin/import.ts'
import { Notice } from '#ui/feedback/notice.tsx'

/** How a list was read, where that is not plain: its encoding, and dates that say two days. */
export function HowRead({ file, encoding, survey }: ListRead) {
  const { t } = useLingui()
  const { twoWays } = survey
  const isPlain = encoding === 'utf-8' && twoWays === 0
  const names = {
    ...{ 'utf-8': t`UTF-8`, 'utf-16le': t`UTF-16`, 'utf-16be': t`UTF-16` },
    'windows-1252': t`Windows-1252, as older systems save it`,
  }
  return (
    <>
      {!isPlain && (
        <Notice tone="info" title={<Trans>How this list was read</Trans>}>
          <p>
            <Trans>
              <bdi>{file}</bdi>: written as {names[encoding]}.
            </Trans>
          </p>
          {twoWays > 0 && (
            <p>
              <Plural
                value={twoWays}
                one="# row has a date that could be read two ways. We read the day first. If that is wrong, write the months as words."
                other="# rows have dates that could be read two ways. We read the day first. If that is wrong, write the months as words."
              />
            </p>
          )}
        </Notice>
      )}
    </>
  )
}

/** A file that stops in the middle of a row, or of a record. */
export function WasCut({ file, records }: CutFile) {
  return (
    <Notice tone="warning" title={<Trans>The file ends in the middle of a row</Trans>}>
      <p>
        <Trans>
          <bdi>{file}</bdi> may have been cut. The rows before its end were read:{' '}
          <Plural value={records} one="# record was taken." other="# records were taken." /> Get the
          whole file and import it again. That adds the rest. What is here already does not change.
        </Trans>
      </p>
    </Notice>
  )
}
