import { Trans } from '@lingui/react/macro'
import { createContext, use } from 'react'

/** Resolves when a page that is still loading has to show it; until then the previous page stays visible. */
export const PatienceContext = createContext<Promise<void> | undefined>(undefined)

/**
 * The shape of the content while it loads. During the waiting time it is not drawn but suspends too, and React leaves
 * the previous page as it is: once React has drawn something as loading, it leaves it so for 300 ms, even if the
 * answer is there at once. `atOnce`: the place loads only when it is on the screen, and does not wait.
 */
export function Skeleton({ lines = 6, atOnce = false }: { lines?: number; atOnce?: boolean }) {
  const patience = use(PatienceContext)
  if (patience && !atOnce) use(patience)
  return (
    <div className="gable-skeleton" role="status">
      <p className="nhsuk-u-visually-hidden">
        <Trans>Loading</Trans>
      </p>
      {Array.from({ length: lines }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars without content or order
        <span key={place} />
      ))}
    </div>
  )
}
