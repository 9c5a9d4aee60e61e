import { Plural, Trans } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import {
  type Agreement,
  answerTo,
  isForPerson,
  isInPart,
  type NotAgreed,
} from '#domain/agreement/agreement.ts'
import { type StillToAgree, stillToAgree } from '#domain/agreement/still-to-agree.ts'
import { type HouseRecord, openGoals } from '#domain/plan/house/house.ts'
import { recordTextStanding } from '#domain/plan/record-text.ts'
import { HowGiven } from '#features/parts/answer/how-given.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { AskForAnswer } from './agreement/ask-for-answer.tsx'
import { WhenText } from './components/when-text.tsx'
import type { HouseView } from './use-house.ts'

/** What the person has said about the plan, about which version, in which words, and what has changed since. */
export function AgreementBanner({ view }: { view: HouseView }) {
  const { plan, died, givenName } = view.house
  if (!plan) return null
  return died ? <HasDied died={died} name={givenName} /> : <Answers view={view} />
}

function Answers({ view }: { view: HouseView }) {
  const { house, status } = view
  const { plan } = house
  if (!plan) return null
  const answer = answerTo(house.agreements, plan.version)
  if (answer && isInPart(answer)) return <SaidInPart view={view} answer={answer} />
  if (answer && !answer.yes) return <SaidNo view={view} />
  if (status === 'draft') return <BeingWritten house={house} />
  const open = stillToAgree(house)
  return open ? <SaidYes view={view} open={open} /> : <NeverAsked view={view} />
}

function SaidYes({ view, open }: Readonly<{ view: HouseView; open: StillToAgree }>) {
  const { house, status } = view
  const { givenName } = house
  const { since } = open
  return (
    <Notice
      tone={status === 'awaiting-person' ? 'warning' : 'done'}
      title={<WhoAgreed answer={since} name={givenName} />}
      actions={status === 'awaiting-person' ? <AskForAnswer view={view} /> : undefined}
    >
      <p>
        {since.words ? <>“{since.words}” </> : null}
        <HowGiven answer={since} />{' '}
        {status === 'awaiting-person' ? (
          <Plural
            value={Math.max(open.changed.length, 1)}
            one={`# change since then is waiting for ${givenName} to agree.`}
            other={`# changes since then are waiting for ${givenName} to agree.`}
          />
        ) : null}
        {status === 'review-due' ? (
          <Trans>The review date has passed. The plan still applies.</Trans>
        ) : null}
      </p>
      <NotAgreedTo house={house} parts={open.leftOut} />
      {status === 'awaiting-person' ? <HowToAsk name={givenName} /> : null}
    </Notice>
  )
}

/** What a yes left out, by name, with what should be different in the person’s words. */
function NotAgreedTo({ house, parts }: { house: HouseRecord; parts: readonly NotAgreed[] }) {
  const sayDay = useDayText()
  const textOf = (record: string) => recordTextStanding(house, record, sayDay).split('\n')[0]
  if (parts.length === 0) return null
  return (
    <ul className="gable-plain-list">
      {parts.map(({ record, words, stands }) => (
        <li key={record}>
          {stands === false ? (
            <Trans>Not agreed as it was then. It now says: {textOf(record)}</Trans>
          ) : (
            <Trans>Not agreed: {textOf(record)}</Trans>
          )}{' '}
          <q className="gable-said">{words}</q>
        </li>
      ))}
    </ul>
  )
}

/** What was decided for a person is never called the person’s own yes. */
function WhoAgreed({ answer, name }: Readonly<{ answer: Agreement; name: string }>) {
  const { version, at, by } = answer
  const day = <WhenText at={dayHere(at)} />
  if (isForPerson(answer))
    return (
      <Trans>
        {by.name} agreed to version {version} for {name} on {day}
      </Trans>
    )
  if (isInPart(answer))
    return (
      <Trans>
        {name} agreed to part of version {version} on {day}
      </Trans>
    )
  return (
    <Trans>
      {name} agreed to version {version} on {day}
    </Trans>
  )
}

function SaidInPart({ view, answer }: Readonly<{ view: HouseView; answer: Agreement }>) {
  const { house } = view
  return (
    <Notice
      tone="warning"
      title={<WhoAgreed answer={answer} name={house.givenName} />}
      actions={<AskForAnswer view={view} />}
    >
      {answer.words ? <p>“{answer.words}”</p> : null}
      <NotAgreedTo house={house} parts={answer.notAgreed ?? []} />
      <p>
        <HowGiven answer={answer} /> <Trans>The rest of the plan is agreed.</Trans>
      </p>
    </Notice>
  )
}

function BeingWritten({ house }: { house: HouseRecord }) {
  const { givenName } = house
  return (
    <Notice tone="info" title={<Trans>This plan is being written</Trans>}>
      <p>
        {openGoals(house).length > 0 ? (
          <Trans>
            There is no goal in it yet. The record shows what {givenName} wants to do, outside this
            plan. Ask if it is still true, and write it into the plan.
          </Trans>
        ) : (
          <Trans>There is no goal in it yet. Start with what matters to {givenName}.</Trans>
        )}
      </p>
    </Notice>
  )
}

/** Nothing more is asked of the person or in their name. */
function HasDied({ died, name }: Readonly<{ died: string | true; name: string }>) {
  return (
    <Notice
      tone="info"
      title={
        died === true ? (
          <Trans>{name} has died</Trans>
        ) : (
          <Trans>
            {name} died on <WhenText at={dayHere(died)} />
          </Trans>
        )
      }
    >
      <p>
        <Trans>
          The plan is kept as it was. Nothing more is asked for. You can close the case on the
          Review page.
        </Trans>
      </p>
    </Notice>
  )
}

function SaidNo({ view }: { view: HouseView }) {
  const { house } = view
  const no = answerTo(house.agreements, house.plan?.version)
  if (!no) return null
  return (
    <Notice
      tone="warning"
      title={
        <Trans>
          {house.givenName} said “not like this” to version {no.version}
        </Trans>
      }
      actions={<AskForAnswer view={view} />}
    >
      <p>
        {no.words ? <q className="gable-said">{no.words}</q> : null} <WhenText at={no.at} />{' '}
        <HowGiven answer={no} />
      </p>
      <NotAgreedTo house={house} parts={stillToAgree(house)?.leftOut ?? []} />
      <p>
        <Trans>
          Change the plan with {house.givenName}. Then {house.givenName} can agree to it.
        </Trans>
      </p>
    </Notice>
  )
}

function NeverAsked({ view }: { view: HouseView }) {
  const { house } = view
  return (
    <Notice
      tone="warning"
      title={
        <Trans>
          Version {house.plan?.version} is waiting for {house.givenName} to agree
        </Trans>
      }
      actions={<AskForAnswer view={view} />}
    >
      <HowToAsk name={house.givenName} />
    </Notice>
  )
}

/** Staff can ask in several ways; the answer is always the person’s. */
function HowToAsk({ name }: { name: string }) {
  return (
    <p>
      <Trans>
        {name} can answer on {name}’s own page, on this screen when you turn it, or on paper. Staff
        and next of kin cannot agree for {name}.
      </Trans>
    </p>
  )
}
