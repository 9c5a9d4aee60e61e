import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { shownAtOnce } from '#domain/list/shown-at-once.ts'
import { Button } from '#ui/layout/button.tsx'

/** That a list goes on, how far it is shown, and the rest on request. After the last of it, whoever asked still has the focus. */
export function ShowMore({
  shown,
  total,
  by = shownAtOnce,
  onMore,
}: Readonly<{ shown: number; total: number; by?: number; onMore: (count: number) => void }>) {
  const [asked, setAsked] = useState(false)
  if (shown >= total) return asked ? <AllShown total={total} /> : null
  const more = () => {
    setAsked(true)
    onMore(shown + by)
  }
  return (
    <p>
      <strong>
        <Trans>
          {shown} of {total} are shown.
        </Trans>
      </strong>{' '}
      <Button variant="outline" onClick={more}>
        <Trans>Show more</Trans>
      </Button>
    </p>
  )
}

/** In the place of the button: without it, the keyboard would begin at the top of the page again. */
function AllShown({ total }: { total: number }) {
  const place = useRef<HTMLParagraphElement>(null)
  useEffect(() => place.current?.focus({ preventScroll: true }), [])
  return (
    <p ref={place} tabIndex={-1}>
      <Trans>All {total} are shown.</Trans>
    </p>
  )
}
