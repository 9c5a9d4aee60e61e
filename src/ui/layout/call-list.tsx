import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { PhoneLink } from '#ui/text/phone-link.tsx'

export type CallLine = Readonly<{
  key: string
  name: ReactNode
  /** who that is: son and carer, physiotherapist */
  note?: ReactNode
  numbers: readonly Readonly<{ value: string; use: string; callWhen?: string; best?: boolean }>[]
}>

/** People with their numbers, in the order to try them. People without a number are listed too. */
export function CallList({ lines }: { lines: readonly CallLine[] }) {
  return (
    <ol className="call-list">
      {lines.map((line) => (
        <li key={line.key}>
          <div>
            <b>{line.name}</b>
            {line.note ? <p className="gable-meta">{line.note}</p> : null}
          </div>
          <div className="call-list__numbers">
            {line.numbers.length === 0 ? (
              <span className="gable-meta">
                <Trans>No number recorded</Trans>
              </span>
            ) : (
              line.numbers.map(({ value, use, callWhen, best }) => (
                <span key={value}>
                  <PhoneLink className="call-list__number" number={value} />{' '}
                  <span className="gable-meta">
                    <NumberNote {...{ use, callWhen }} best={best && line.numbers.length > 1} />
                  </span>
                </span>
              ))
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

type NoteProps = Readonly<{
  use: string
  callWhen?: string | undefined
  best?: boolean | undefined
}>

/** What a number is for, whether to try it first, and when. */
function NumberNote({ use, callWhen, best }: NoteProps) {
  const notes = [
    ...(use ? [<NumberUse key="use" use={use} />] : []),
    ...(best ? [<Trans key="best">call first</Trans>] : []),
    ...(callWhen ? [callWhen] : []),
  ]
  return notes.map((note, place) => [place > 0 ? ', ' : '', note])
}

/** What a number is for, from FHIR's ContactPointUse; nothing for an unknown code. */
function NumberUse({ use }: { use: string }) {
  switch (use) {
    case 'home':
      return <Trans>home</Trans>
    case 'mobile':
      return <Trans>mobile</Trans>
    case 'work':
      return <Trans>work</Trans>
    case 'temp':
      return <Trans>temporary</Trans>
    default:
      return null
  }
}
