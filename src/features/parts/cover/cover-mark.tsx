import { Trans } from '@lingui/react/macro'
import { Chip } from '#ui/layout/chip.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Somebody else’s person, or their work, which the reader or a colleague does until that day. */
export function CoverMark({
  name,
  until,
}: Readonly<{ name?: string | undefined; until?: string | undefined }>) {
  if (!name || !until) return null
  return (
    <Chip>
      <Trans>
        For <bdi>{name}</bdi> until <DateText date={until} />
      </Trans>
    </Chip>
  )
}
