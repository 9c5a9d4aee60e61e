import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from './button.tsx'

/** Pages are counted from one. */
export function Pager({
  page,
  pages,
  onPage,
}: Readonly<{ page: number; pages: number; onPage: (page: number) => void }>) {
  const { t } = useLingui()
  if (pages <= 1) return null
  return (
    <nav className="gable-pager" aria-label={t`Pages`}>
      {page > 1 ? (
        <Button variant="outline" onClick={() => onPage(page - 1)}>
          <Trans>Previous page</Trans>
        </Button>
      ) : null}
      <span>
        <Trans>
          Page {page} of {pages}
        </Trans>
      </span>
      {page < pages ? (
        <Button variant="outline" onClick={() => onPage(page + 1)}>
          <Trans>Next page</Trans>
        </Button>
      ) : null}
    </nav>
  )
}
