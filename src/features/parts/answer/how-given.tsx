import { Trans } from '@lingui/react/macro'
import type { Agreement } from '#domain/agreement/agreement.ts'
import type { AnswerHelper, GivenHow } from '#domain/agreement/given-how.ts'

/** How an answer was given, by whom it was recorded, and who saw or helped. Nothing for somebody’s own sign-in. */
export function HowGiven({ answer }: { answer: Agreement }) {
  const { how, by } = answer
  if (!how) return null
  return (
    <>
      <Way how={how} by={by.name} />
      {how.helpers.map((helper) => (
        <HelperLine key={helper.name} helper={helper} />
      ))}
      {how.recordedBy && how.way !== 'best-interests' ? (
        <>
          {' '}
          <Trans>Recorded by {how.recordedBy.name}.</Trans>
        </>
      ) : null}
    </>
  )
}

function Way({ how, by }: Readonly<{ how: GivenHow; by: string }>) {
  const { witness, authority } = how
  switch (how.way) {
    case 'turned-screen':
      return <Trans>On a turned screen.</Trans>
    case 'paper':
      return (
        <Trans>
          Signed on paper, seen by {witness?.name} ({witness?.role}).
        </Trans>
      )
    case 'spoken':
      return <Trans>Said aloud. This does not fill the roof.</Trans>
    case 'authority':
      return authority?.kind === 'court-deputy' ? (
        <Trans>
          {by} decided as deputy appointed by the court ({authority.document}).
        </Trans>
      ) : (
        <Trans>
          {by} decided with a lasting power of attorney for health and welfare (
          {authority?.document}).
        </Trans>
      )
    case 'best-interests':
      return <Trans>Decided by {by} in the person’s best interests.</Trans>
    case 'own-words':
      return <Trans>What is new since then, {by} wrote.</Trans>
    default:
      return null
  }
}

function HelperLine({ helper: { role, name, language } }: { helper: AnswerHelper }) {
  return (
    <>
      {' '}
      {role === 'interpreter' ? (
        <Trans>
          {name} interpreted ({language}).
        </Trans>
      ) : (
        <Trans>{name} was there as advocate.</Trans>
      )}
    </>
  )
}
