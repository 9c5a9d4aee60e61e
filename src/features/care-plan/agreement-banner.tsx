import { Plural, Trans } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import { answerTo, lastYes } from '#domain/agreement/agreement.ts'
import { changedRecordsSince } from '#domain/plan/changes-since.ts'
import { type HouseRecord, openGoals } from '#domain/plan/house/house.ts'
import { Notice } from '#ui/feedback/notice.tsx'
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
  const { plan, givenName } = house
  if (!plan) return null
  const no = answerTo(house.agreements, plan.version)
  if (no && !no.yes) return <SaidNo view={view} />
  const yes = lastYes(house.agreements)
  if (status === 'draft') return <BeingWritten house={house} />
  if (!yes) return <NeverAsked view={view} />
  const changes = changedRecordsSince(house.events, yes).length
  return (
    <Notice
      tone={status === 'awaiting-person' ? 'warning' : 'done'}
      title={
        <Trans>
          {givenName} agreed to version {yes.version} on <WhenText at={dayHere(yes.at)} />
        </Trans>
      }
    >
      <p>
        {yes.words ? <>“{yes.words}” </> : null}
        {status === 'awaiting-person' ? (
          <Plural
            value={Math.max(changes, 1)}
            one={`# change since then is waiting for ${givenName} to agree.`}
            other={`# changes since then are waiting for ${givenName} to agree.`}
          />
        ) : null}
        {status === 'review-due' ? (
          <Trans>The review date has passed. The plan still applies.</Trans>
        ) : null}
      </p>
      {status === 'awaiting-person' ? <HowToAsk name={givenName} /> : null}
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

function SaidNo({ view: { house } }: { view: HouseView }) {
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
    >
      <p>
        {no.words ? <q className="gable-said">{no.words}</q> : null} <WhenText at={no.at} />
      </p>
      <p>
        <Trans>
          Change the plan with {house.givenName}. Then {house.givenName} can agree to it.
        </Trans>
      </p>
    </Notice>
  )
}

function NeverAsked({ view: { house } }: { view: HouseView }) {
  return (
    <Notice
      tone="warning"
      title={
        <Trans>
          Version {house.plan?.version} is waiting for {house.givenName} to agree
        </Trans>
      }
    >
      <HowToAsk name={house.givenName} />
    </Notice>
  )
}

/** Staff can ask; only the person can answer, on their own page. */
function HowToAsk({ name }: { name: string }) {
  return (
    <p>
      <Trans>
        Ask {name}: the question is on {name}’s own page, and only {name} can answer it. Nobody can
        agree for someone else.
      </Trans>
    </p>
  )
}
