import { Trans } from '@lingui/react/macro'
import { createContext, use } from 'react'

/** Ends when a page that is still loading has to say so; until then the page before stays in sight. */
export const PatienceContext = createContext<Promise<void> | undefined>(undefined)

/**
 * The shape of the content while it loads. While there is patience it is not drawn but waits too, and React leaves the page
 * before as it is: what it has once drawn as loading it leaves so for 300 ms, also where the answer is there at once.
 * `atOnce`: the place asks only when it is on the screen, and does not wait.
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
