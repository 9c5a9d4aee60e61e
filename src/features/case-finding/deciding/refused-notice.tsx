import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { DecidedPerson } from '#domain/case/decide-people.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import type { Decisions } from './use-decisions.tsx'

/** About whom nothing was decided, and why. What was decided about the others stands. */
export function RefusedNotice({ decisions }: { decisions: Decisions }) {
  const { refused, failed, clear } = decisions
  if (failed)
    return (
      <Notice
        tone="danger"
        title={<Trans>Nothing was decided</Trans>}
        actions={<Close {...{ clear }} />}
      >
        <p>
          <Trans>
            We could not reach the service. Nothing you chose or wrote is lost. Try again.
          </Trans>
        </p>
      </Notice>
    )
  if (refused.length === 0) return null
  return (
    <Notice
      tone="warning"
      title={
        <Plural
          value={refused.length}
          one="Nothing was decided about # person"
          other="Nothing was decided about # people"
        />
      }
      actions={<Close {...{ clear }} />}
    >
      <ul>
        {refused.map(({ name, outcome }) => (
          <li key={outcome.id}>
            <strong>{name}</strong>: <WhyNot outcome={outcome} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Close({ clear }: Readonly<{ clear: () => void }>) {
  return (
    <Button variant="outline" onClick={clear}>
      <Trans>I have read this</Trans>
    </Button>
  )
}

/** Why nothing was decided about somebody, in words. */
function WhyNot({ outcome }: { outcome: DecidedPerson }): ReactNode {
  const { why = 'refused', by, words } = outcome
  switch (why) {
    case 'has-case':
      return by ? (
        <Trans>{by} coordinates their care already.</Trans>
      ) : (
        <Trans>They have a coordinator already.</Trans>
      )
    case 'decided-before':
      return by ? (
        <Trans>{by} decided first. Look at the person again.</Trans>
      ) : (
        <Trans>Somebody else decided first. Look at the person again.</Trans>
      )
    case 'said-no':
      return <Trans>They said no to case management.</Trans>
    case 'not-found':
      return <Trans>You can no longer see this person.</Trans>
    case 'in-use':
      return <Trans>Work has begun. Close the case with a reason instead.</Trans>
    case 'not-standing':
      return <Trans>There is nothing to take back.</Trans>
    case 'not-allowed':
      return by ? (
        <Trans>Only {by} can undo this, and only on the same day.</Trans>
      ) : (
        (words ?? <Trans>Your role does not allow it.</Trans>)
      )
    default:
      return words ?? <Trans>The service did not accept it.</Trans>
  }
}
