import { Trans } from '@lingui/react/macro'
import type { Action, PromiseDeed } from '#domain/goal/goal.ts'
import { DateText } from '#ui/text/date-text.tsx'
import './promises.scss'

/** Done, reviewed, confirmed: each with who and when; and what was done about it if it did not happen. */
export function PromiseWords({ action }: { action: Action }) {
  const { review, confirmed, dealtWith, state } = action
  if (state !== 'done' && !dealtWith) return null
  return (
    <ul className="promise-words">
      {dealtWith ? <Deed deed={dealtWith} what={<Trans>What was done about it:</Trans>} /> : null}
      {state === 'done' ? <Done action={action} /> : null}
      {review ? <Deed deed={review} what={<Trans>Reviewed</Trans>} /> : null}
      {confirmed ? <Deed deed={confirmed} what={<Trans>Confirmed</Trans>} /> : null}
    </ul>
  )
}

function Done({ action: { doneOn, owner, evidence } }: { action: Action }) {
  return (
    <li>
      <Trans>Done</Trans>
      {doneOn ? (
        <>
          {' '}
          <DateText date={doneOn} />
        </>
      ) : null}
      {owner?.name ? <>, {owner.name}</> : null}
      {evidence ? <>: {evidence}</> : null}
    </li>
  )
}

function Deed({ deed, what }: Readonly<{ deed: PromiseDeed; what: React.ReactNode }>) {
  return (
    <li>
      {what} {deed.words ? <>“{deed.words}” </> : null}
      <DateText date={deed.at} />, {deed.by.name}
    </li>
  )
}
