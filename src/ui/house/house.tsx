import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { HouseNews } from './house-news.tsx'
import { joined } from './joint.ts'
import { type Level, LevelMark } from './level-mark.tsx'

export type HouseState = 'none' | 'writing' | 'waiting' | 'in-part' | 'agreed' | 'review-due'

/** `isFirstVisit`: to somebody who has never opened the plan all of it is news */
type Part = Readonly<{
  to: string
  title: ReactNode
  /** the names of what is new to the reader */
  news: readonly string[]
  isFirstVisit?: boolean
}>
type Room = Part &
  Readonly<{
    children?: ReactNode
    notSaid?: readonly string[]
    quote?: ReactNode
    /** the facts of the room: on a phone on request */
    more?: ReactNode
  }>
type Stone = Readonly<{ title: string; note?: string | undefined }>
/** `note` is a few words below the value */
type Fact = Readonly<{ label: string; value: string; note?: string | undefined }>

export type HouseProps = Readonly<{
  state: HouseState
  label: string
  roof: Part &
    Readonly<{
      facts?: readonly Fact[]
      line?: ReactNode
      last?: ReactNode
      /** what the roof does not say yet */
      notSaid?: ReactNode
    }>
  whatIf?: Readonly<{
    green: string
    amber: string
    red: string
    today?: Level | undefined
    /** who said what today is, and until when it counts */
    said?: ReactNode
  }>
  me: Room
  conversation: Room
  team: Room
  support: Part &
    Readonly<{
      arranged: readonly Stone[]
      unmet: readonly Stone[]
      /** what was offered and has no answer */
      waiting?: readonly string[]
      last?: ReactNode
    }>
  /** the person's own page: few words a room, two rooms side by side on a phone */
  small?: boolean
}>

/** Characters that fit on the roof, between its slopes, in one line. */
const mostOnTheRoof = 18
/** letters of what is new that the upper half of the roof has space for */
const mostNewsOnTheRoof = 26

/** The plan as a house of five parts, in reading order. Text is HTML; only shapes are drawn. */
export function House(props: HouseProps) {
  const { small, roof, state } = props
  const [isWide] = useState(isWideWindow)
  const team = <RoomPart name="team" room={props.team} />
  const isLong = roof.facts?.some(({ value }) => value.length > mostOnTheRoof)
  const kinds = [small ? 'gable-house--small' : '', isLong ? 'gable-house--long-names' : '']
  return (
    <div className={`gable-house gable-house--${state} ${kinds.join(' ')}`}>
      <nav aria-label={props.label}>
        <ol className="gable-house__parts">
          <li className="gable-house__part--roof">
            <Roof {...props} />
          </li>
          <RoomPart name="me" room={props.me} />
          {small ? team : null}
          <RoomPart name="conversation" room={props.conversation} />
          {small ? null : team}
          <li className="gable-house__part--support">
            <Foundation {...props.support} isFolded={small || !isWide} />
          </li>
        </ol>
      </nav>
      <div className="gable-house__ground" aria-hidden="true" />
      <Key isShort={small || !isWide} />
    </div>
  )
}

function Roof({ state, roof, whatIf }: HouseProps) {
  return (
    <>
      <div className="gable-house__roof">
        <div className="gable-house__chimney" aria-hidden="true" />
        <svg
          className="gable-house__roof-shape"
          viewBox="0 0 848 272"
          preserveAspectRatio="none"
          aria-hidden="true"
          focusable="false"
        >
          <polygon points="424,4 844,268 4,268" />
        </svg>
        <h3>
          <Link to={roof.to}>{roof.title}</Link>
        </h3>
        <p className="gable-house__news">
          <RoofState state={state} />{' '}
          <span className="gable-house__new">
            <HouseNews {...roof} isFirstVisit={roof.isFirstVisit || !fitsOnRoof(roof.news)} />
          </span>
        </p>
        {roof.line ? <p>{roof.line}</p> : null}
        {roof.facts ? <Facts facts={roof.facts} /> : null}
      </div>
      {whatIf ? <Beam {...whatIf} /> : null}
      {roof.notSaid ? (
        <div className="gable-house__lintel">
          <StateMark state="missing">{roof.notSaid}</StateMark>
        </div>
      ) : null}
      {roof.last ? <div className="gable-house__lintel">{roof.last}</div> : null}
    </>
  )
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="gable-house__facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.value}
            {fact.note ? <span className="gable-house__fact-note"> {fact.note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Names that would cross the slope are read in the room: the roof then only says that something is new. */
const fitsOnRoof = (names: readonly string[]) => names.join('').length <= mostNewsOnTheRoof

function RoofState({ state }: { state: HouseState }) {
  if (state === 'agreed') return <Trans>Agreed.</Trans>
  if (state === 'review-due') return <Trans>Agreed. Review due.</Trans>
  if (state === 'waiting') return <Trans>Waiting for agreement.</Trans>
  if (state === 'in-part') return <Trans>Agreed in part.</Trans>
  return state === 'none' ? <Trans>No plan yet.</Trans> : <Trans>Being written.</Trans>
}

function Beam({ green, amber, red, today, said }: NonNullable<HouseProps['whatIf']>) {
  const { t } = useLingui()
  const cells = [
    { level: 'green', name: t`Green`, text: green },
    { level: 'amber', name: t`Amber`, text: amber },
    { level: 'red', name: t`Red`, text: red },
  ] as const
  return (
    <div className="gable-house__beam">
      <div>
        <h3>
          <Trans>If things get worse</Trans>
        </h3>
        {said ? <p className="gable-house__said">{said}</p> : null}
      </div>
      {cells.map((cell) => (
        <div key={cell.level} className={today === cell.level ? `is-today is-${today}` : ''}>
          <p>
            <LevelMark level={cell.level} />{' '}
            <strong>{today === cell.level ? t`${cell.name}: today` : cell.name}</strong>
          </p>{' '}
          <p>{cell.text || <Trans>Not said yet</Trans>}</p>
        </div>
      ))}
    </div>
  )
}

function RoomPart({ name, room }: { name: 'me' | 'conversation' | 'team'; room: Room }) {
  return (
    <li className={`gable-house__part--${name}`}>
      <div
        className={`gable-house__room ${name === 'conversation' ? 'gable-house__room--middle' : ''}`}
      >
        <div className="gable-house__room-head">
          <HouseWindow lit={room.news.length > 0} />
          <div>
            <h3>
              <Link to={room.to}>{room.title}</Link>
            </h3>
            <p className="gable-house__news gable-house__new">
              <HouseNews {...room} />
            </p>
          </div>
        </div>
        {room.quote}
        {room.children}
        {room.more ? <MoreOfRoom title={room.title}>{room.more}</MoreOfRoom> : null}
        {room.notSaid && room.notSaid.length > 0 ? (
          <EmptyState title={<Trans>Not said yet</Trans>}>
            <p>{joined(room.notSaid)}</p>
          </EmptyState>
        ) : null}
      </div>
    </li>
  )
}

/** On a phone five parts are seen at once, and what each says on request. */
function MoreOfRoom({ title, children }: Readonly<{ title: ReactNode; children: ReactNode }>) {
  const [isWide] = useState(isWideWindow)
  return (
    <details className="gable-house__more" open={isWide}>
      <summary>
        <Trans>More</Trans>
        <span className="nhsuk-u-visually-hidden">: {title}</span>
      </summary>
      {children}
    </details>
  )
}

const isWideWindow = () => matchMedia('(min-width: 721px)').matches

type FoundationProps = HouseProps['support'] &
  Readonly<{
    /** what is arranged is there on request; what is missing or waits always is */
    isFolded: boolean
  }>

function Foundation(props: FoundationProps) {
  const { to, title, arranged, unmet, waiting = [], last, isFolded } = props
  return (
    <div className="gable-house__support">
      <h3>
        <Link to={to}>{title}</Link>
      </h3>
      <p className="gable-house__news">
        <span className="gable-house__new">
          <HouseNews {...props} />
        </span>
        {arranged.length === 0 ? (
          <>
            {'. '}
            <Trans>Nothing arranged</Trans>
          </>
        ) : null}
      </p>
      {isFolded ? (
        <Missing unmet={unmet} waiting={waiting} />
      ) : (
        <Stones {...{ arranged, unmet, waiting }} />
      )}
      {isFolded && arranged.length > 0 ? (
        <details className="gable-house__arranged">
          <summary>
            <Trans>Show what is arranged</Trans>
          </summary>
          <ul className="gable-house__stones">
            <Arranged stones={arranged} />
          </ul>
        </details>
      ) : null}
      {last}
    </div>
  )
}

type Shown = Readonly<{ unmet: readonly Stone[]; waiting: readonly string[] }>

/** A stone each: what is arranged, and what is missing, dashed. */
function Stones({ arranged, unmet, waiting }: Shown & { arranged: readonly Stone[] }) {
  if (arranged.length + unmet.length + waiting.length === 0) return null
  return (
    <ul className="gable-house__stones">
      <Arranged stones={arranged} />
      {unmet.map((stone) => (
        <li key={stone.title} className="is-unmet">
          <OneStone name={<Trans>Nobody yet: {stone.title}</Trans>} note={stone.note} />
        </li>
      ))}
      {waiting.map((what) => (
        <li key={what} className="is-unmet">
          <OneStone name={<Trans>Offered, no answer yet: {what}</Trans>} />
        </li>
      ))}
    </ul>
  )
}

/** The same in little space: what is missing, each by its name, in one dashed box. */
function Missing({ unmet, waiting }: Shown) {
  const { t } = useLingui()
  const groups = [
    { title: t`Nobody yet`, names: unmet.map(({ title }) => title) },
    { title: t`Offered, no answer yet`, names: waiting },
  ]
  if (unmet.length + waiting.length === 0) return null
  return (
    <div className="gable-house__missing">
      {groups
        .filter(({ names }) => names.length > 0)
        .map(({ title, names }) => (
          <div key={title}>
            <strong>{title}</strong>
            <ul>
              {names.map((name) => (
                <li key={name}>
                  <OwnText>{name}</OwnText>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </div>
  )
}

function Arranged({ stones }: Readonly<{ stones: readonly Stone[] }>) {
  return stones.map((stone) => (
    <li key={stone.title}>
      <OneStone name={<OwnText>{stone.title}</OwnText>} note={stone.note} />
    </li>
  ))
}

function OneStone({ name, note }: Readonly<{ name: ReactNode; note?: string | undefined }>) {
  return (
    <>
      <strong>{name}</strong>
      {note ? (
        <span>
          <OwnText>{note}</OwnText>
        </span>
      ) : null}
    </>
  )
}

/** On the person’s page the words of each room say the rest. */
function Key({ isShort }: Readonly<{ isShort: boolean }>) {
  return (
    <p className="gable-house__key">
      <span className="gable-house__new">
        <HouseWindow lit /> <Trans>A lit window: something is new for you.</Trans>
      </span>
      {isShort ? null : (
        <>
          <span className="gable-house__new">
            <HouseWindow lit={false} /> <Trans>Nothing new.</Trans>
          </span>
          <StateMark state="missing">
            <Trans>A dashed edge: not there yet.</Trans>
          </StateMark>
        </>
      )}
    </p>
  )
}

/** A window of the house; lit means that something in it is new to the reader. The text always says it too. */
function HouseWindow({ lit }: { lit: boolean }) {
  return (
    <svg viewBox="0 0 38 44" aria-hidden="true" focusable="false">
      <path
        d="M5 40V17a14 14 0 0 1 28 0v23z"
        fill={lit ? '#ffd36b' : '#e4eff0'}
        stroke="#0b4f5c"
        strokeWidth="3"
      />
      <path d="M19 4v36M5 22h28M1 41.5h36" stroke="#0b4f5c" strokeWidth="2.5" fill="none" />
    </svg>
  )
}
