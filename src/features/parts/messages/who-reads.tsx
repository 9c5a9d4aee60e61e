import { Trans } from '@lingui/react/macro'
import type { MessageReaders } from '#domain/message/is-message.ts'
import type { MessageCarer } from '#domain/message/message.ts'
import type { WhoReadsMessages } from '#domain/message/messages-answer.ts'
import { ByMoment } from '#features/parts/by-moment.tsx'

type Props = Readonly<{
  readers: MessageReaders
  /** of a thread between carers and the team: these carers */
  carers?: readonly MessageCarer[] | undefined
  who: WhoReadsMessages | undefined
  givenName: string
}>

/** Who reads a thread, by name where the reader may know it. */
export function WhoReads({ readers, carers = [], who, givenName }: Props) {
  if (readers === 'carer') return <CarersRead {...{ carers, givenName }} />
  const names = (who?.carers ?? []).map((each) => each.who.name).join(', ')
  return (
    <p className="gable-meta">
      {readers === 'team' ? (
        <Trans>
          Read by professionals who care for {givenName}. Not by {givenName} or the family.
        </Trans>
      ) : readers === 'person' ? (
        <Trans>Read by {givenName} and the care team. Carers cannot read it.</Trans>
      ) : names ? (
        <Trans>
          Read by {givenName}, the care team, and carers with whom the conversation is shared:{' '}
          {names}.
        </Trans>
      ) : (
        <Trans>
          Read by {givenName}, the care team, and carers with whom the conversation is shared.
        </Trans>
      )}
    </p>
  )
}

function CarersRead({
  carers,
  givenName,
}: Pick<Props, 'givenName'> & Required<Pick<Props, 'carers'>>) {
  const names = (carers ?? []).map(({ name }) => name).join(', ')
  return (
    <p className="gable-meta">
      <Trans>
        Read by {names}, the care team and {givenName}. Other carers cannot read it.
      </Trans>
    </p>
  )
}

/** When somebody of the team reads what is written now. */
export function WhenRead({ who }: Readonly<{ who: WhoReadsMessages | undefined }>) {
  if (!who?.from || !who.by)
    return (
      <p>
        <Trans>We do not know when somebody reads this.</Trans>
      </p>
    )
  return (
    <>
      {who.isNow ? (
        <p>
          <Trans>The care team is working now.</Trans>{' '}
          <Trans>
            Somebody reads your message by <ByMoment at={who.by} />.
          </Trans>
        </p>
      ) : (
        <p>
          <strong>
            <Trans>Nobody reads messages now.</Trans>
          </strong>{' '}
          <Trans>
            The care team is back: <ByMoment at={who.from} />. Somebody reads your message by{' '}
            <ByMoment at={who.by} />.
          </Trans>
        </p>
      )}
      {who.isKnown ? null : (
        <p className="gable-meta">
          <Trans>The team’s hours are not recorded. These are usual office hours.</Trans>
        </p>
      )}
    </>
  )
}
