import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { changesThatWait, sentenceNow } from '#domain/suggestion/sentence-now.ts'
import type { SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { calledName } from './sentence-suggestions.tsx'

/** Suggestions nobody has decided about yet, and on paper with boxes to tick. */
export function WaitingSuggestions({ view }: { view: HouseView }) {
  const { house } = view
  const waiting = changesThatWait(house)
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="suggested-title">
      <h2 id="suggested-title">
        <Trans>Suggested</Trans>
      </h2>
      <ul className="gable-plain-list">
        {waiting.map((change) => (
          <li key={change.id} className="gable-since__item">
            <div>
              <WaitingLink view={view} change={change} />
              <p className="gable-meta">“{change.words}”</p>
            </div>
          </li>
        ))}
      </ul>
      <OnPaper house={house} waiting={waiting} />
    </section>
  )
}

/** That other words are suggested for this record, with the way to them. */
export function WaitingFor({ view, record }: { view: HouseView; record: string }) {
  const waiting = changesThatWait(view.house).filter((change) => change.record === record)
  return waiting.map((change) => <WaitingLink key={change.id} view={view} change={change} />)
}

function WaitingLink(props: { view: HouseView; change: SuggestedChange }) {
  const { view, change } = props
  return (
    <StateMark state="writing">
      <Link to={pageOf(view.root, change)}>
        <WaitsFor house={view.house} change={change} />
      </Link>
    </StateMark>
  )
}

const pageOf = (root: string, { record, room, id }: SuggestedChange) =>
  record.startsWith('Goal/')
    ? `${root}/goals/${record.slice('Goal/'.length)}#suggestion-${id}`
    : `${root}/${room}#suggestion-${id}`

function WaitsFor({ house, change }: { house: HouseRecord; change: SuggestedChange }) {
  const owner = sentenceNow(house, change.record, change.place)?.owner
  const name = calledName(house, owner)
  if (!name) return <Trans>{change.by.name} suggests a change</Trans>
  return (
    <Trans>
      {change.by.name} suggests a change, waiting for {name}
    </Trans>
  )
}

/** Printed only: each suggestion with boxes to tick. Somebody writes down later what was ticked. */
function OnPaper(props: { house: HouseRecord; waiting: readonly SuggestedChange[] }) {
  const { house, waiting } = props
  return (
    <div className="gable-on-paper">
      <p>
        <Trans>Tick what you decide. Someone from your team writes it down for you.</Trans>
      </p>
      {waiting.map((change) => (
        <div key={change.id} className="gable-on-paper">
          <p>
            <b>
              <Trans>It says now:</Trans>
            </b>{' '}
            {sentenceNow(house, change.record, change.place)?.words}
          </p>
          <p>
            <b>
              <Trans>{change.by.name} suggests:</Trans>
            </b>{' '}
            {change.words}
          </p>
          {change.why ? (
            <p>
              <Trans>Because: “{change.why}”</Trans>
            </p>
          ) : null}
          <p>
            <Box />
            <Trans>Yes, use these words</Trans>
          </p>
          <p>
            <Box />
            <Trans>Yes, but like this:</Trans> <Line />
          </p>
          <p>
            <Box />
            <Trans>No, because:</Trans> <Line />
          </p>
          <p>
            <Trans>Name and date:</Trans> <Line />
          </p>
        </div>
      ))}
    </div>
  )
}

const Box = () => <span className="gable-on-paper__box" aria-hidden="true" />
const Line = () => <span className="gable-on-paper__line" aria-hidden="true" />
