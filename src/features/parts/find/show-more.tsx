import { Trans } from '@lingui/react/macro'
import { shownAtOnce } from '#domain/list/shown-at-once.ts'
import { Button } from '#ui/layout/button.tsx'

/** That a list goes on, how far it is shown, and the rest on request. */
export function ShowMore({
  shown,
  total,
  by = shownAtOnce,
  onMore,
}: Readonly<{ shown: number; total: number; by?: number; onMore: (count: number) => void }>) {
  if (shown >= total) return null
  return (
    <p>
      <strong>
        <Trans>
          {shown} of {total} are shown.
        </Trans>
      </strong>{' '}
      <Button variant="outline" onClick={() => onMore(shown + by)}>
        <Trans>Show more</Trans>
      </Button>
    </p>
  )
}
