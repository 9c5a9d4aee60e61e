import { Trans } from '@lingui/react/macro'

/** The shape of the content while it loads. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
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
