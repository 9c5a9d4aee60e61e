import { Trans } from '@lingui/react/macro'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { DutyNow } from '#domain/alert/raised-alert.ts'
import { DateText } from '#ui/text/date-text.tsx'

type AlertOwnerProps = Readonly<{
  person: string
  owner: Readonly<{ reference: string; name: string }> | undefined
  answerBy?: string | undefined
  is?: DutyNow['is'] | undefined
  /** who was to answer before it went on */
  before?: string | undefined
}>

/** Whose an alert is, and by when they say what was done. */
export function AlertOwner({ person, owner, answerBy, is, before }: AlertOwnerProps) {
  const isOwn = owner?.reference === whoAmI(person).reference
  return (
    <p className="gable-meta">
      {owner === undefined ? (
        <Trans>Nobody yet: take it</Trans>
      ) : isOwn ? (
        <Trans>Yours</Trans>
      ) : (
        <Trans>{owner.name} answers this</Trans>
      )}
      {before ? (
        <>
          {'. '}
          <Trans>It went on from {before}, who had not answered in time</Trans>
        </>
      ) : null}
      {answerBy && is === 'waiting' ? (
        <>
          {'. '}
          <Trans>
            Answer by <DateText date={answerBy} withTime />
          </Trans>
        </>
      ) : null}
      {answerBy && is === 'late' ? (
        <>
          {'. '}
          <Trans>
            Late: it was to be answered by <DateText date={answerBy} withTime />, and nobody else is
            named in the team
          </Trans>
        </>
      ) : null}
      {is === 'answered' ? (
        <>
          {'. '}
          <Trans>Answered, not closed yet</Trans>
        </>
      ) : null}
    </p>
  )
}
