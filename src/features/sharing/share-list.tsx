import { Trans, useLingui } from '@lingui/react/macro'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import type { Share, WaitingShare } from '#domain/consent/shares.ts'
import { useRoomNames } from '#features/parts/carers/room-names.ts'
import { TimelineDate } from '#features/parts/timeline-date.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'

type ShareListProps = Readonly<{
  shares: readonly Share[]
  waiting: readonly WaitingShare[]
}>

/** What each person close may see and write, and what waits for the person to agree. Only the person changes it. */
export function ShareList({ shares, waiting }: ShareListProps) {
  const { t } = useLingui()
  const roomWords = useRoomNames()
  const named = (rooms: readonly AccessLabel[]) => rooms.map((room) => roomWords[room]).join(', ')
  if (shares.length + waiting.length === 0)
    return (
      <EmptyState title={t`Nobody close to the person is recorded`}>
        <Trans>Ask who the person would like to share with.</Trans>
      </EmptyState>
    )
  return (
    <ul className="sharing-list">
      {shares.map((share) => (
        <li key={share.reference}>
          <p>
            <strong>{share.name || t`Someone whose name is not recorded`}</strong>{' '}
            <span>{share.relationship}</span>
          </p>
          {share.read.length === 0 ? (
            <p>
              <Trans>Cannot see anything at the moment.</Trans>
            </p>
          ) : (
            <>
              <p>
                <Trans>Can see: {named(share.read)}</Trans>
              </p>
              {share.write.length > 0 && (
                <p>
                  <Trans>Can write in: {named(share.write)}</Trans>
                </p>
              )}
            </>
          )}
          {share.until && (
            <p className="sharing-meta">
              <Trans>
                Until <TimelineDate at={share.until} />
              </Trans>
            </p>
          )}
        </li>
      ))}
      {waiting.flatMap((one) =>
        one.shares.map((share) => (
          <li key={`${one.id} ${share.reference}`}>
            <p>
              <strong>{share.name || t`Someone whose name is not recorded`}</strong>{' '}
              <span>{share.relationship}</span>
            </p>
            <StateMark state="missing">
              <Trans>Waiting for the person to agree. Not shared yet</Trans>
            </StateMark>
            <p>
              <Trans>Would see: {named(share.read)}</Trans>
            </p>
            {share.write.length > 0 && (
              <p>
                <Trans>Would write in: {named(share.write)}</Trans>
              </p>
            )}
          </li>
        )),
      )}
    </ul>
  )
}
