import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { clockToday, dayHere } from '#client/clock.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import type { Who } from '#domain/plan/plan.ts'
import { openerOf, type TodayItem } from '#domain/today/today.ts'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { BreakGlassReasonText } from '#ui/text/break-glass-reason.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { RoleName } from '#ui/text/role-name.tsx'
import { AlertLabels, AlertRest, LimitWords, type ToldAlert } from './alert-labels.tsx'
import { AlertOwner } from './alerts/alert-owner.tsx'
import { RelativeTime } from './relative-time.tsx'
import { colourLabels } from './worse/colour-words.tsx'

const toldAlert = (item: TodayItem, run: NonNullable<TodayItem['reading']>): ToldAlert => ({
  ...{ ...run, why: item.detail, written: item.text },
})

/** Why somebody needs something, in one line. */
export function TodayReason({ item }: { item: TodayItem }) {
  switch (item.kind) {
    case 'emergency':
      return <EmergencyReason item={item} />
    case 'safety':
      return <Trans>An answer raised a safety concern</Trans>
    case 'colour':
      return <ColourReason item={item} />
    case 'carer-ill':
      return <CarerIllReason item={item} />
    case 'died':
      return item.due ? (
        <Trans>
          Died on <DateText date={dayHere(item.due)} />
        </Trans>
      ) : (
        <Trans>Died, date not known</Trans>
      )
    case 'home':
      return <HomeWords item={item} />
    case 'admitted':
      return item.text ? <Trans>In hospital: {item.text}</Trans> : <Trans>In hospital</Trans>
    case 'reading':
      return item.reading ? <AlertLabels alert={toldAlert(item, item.reading)} /> : null
    case 'disagreed':
      return <Disagreed item={item} />
    case 'hand-over':
      return (
        <Trans>
          {item.owner?.name} asks you to take this person on: <q>{item.text}</q>
        </Trans>
      )
    case 'suggestion':
      return (
        <Trans>
          {item.owner?.name} suggests: <q>{item.text}</q>
        </Trans>
      )
    case 'promise':
    case 'access':
      return item.text
    case 'referral':
      return <ReferralReason item={item} />
    case 'task':
      return <AskReason item={item} />
    case 'tell':
      return <ToldReason item={item} />
    case 'medicine':
      return <Trans>Not sorted out after the stay: {item.text}</Trans>
    case 'letter':
      return <Trans>Nobody has sent the letter about what was decided</Trans>
    case 'review':
      return <Trans>The plan is due for a review with the person</Trans>
    case 'prepared':
      return <AskedFirst question={item.text} />
    case 'message':
      return <Trans>{item.text} wrote a message</Trans>
    case 'silent':
      return (
        <Plural
          value={daysBetween(dayHere(item.due), clockToday())}
          one="# day without contact"
          other="# days without contact"
        />
      )
  }
}

function ToldReason({ item: { detail, text } }: { item: TodayItem }) {
  return (
    <>
      {detail === 'cancelled' ? (
        <Trans>A visit was cancelled, and nobody has told them</Trans>
      ) : (
        <Trans>A visit was moved, and nobody has told them</Trans>
      )}
      {text ? <>: {text}</> : null}
    </>
  )
}

function ReferralReason({ item: { detail, text } }: { item: TodayItem }) {
  return detail === 'to-answer' ? (
    <Trans>You are asked to help: {text}</Trans>
  ) : (
    <Trans>No word yet about: {text}</Trans>
  )
}

function AskReason({ item: { detail, text } }: { item: TodayItem }) {
  if (!detail) return text
  return (
    <Trans>
      {detail} asks: <q>{text}</q>
    </Trans>
  )
}

function EmergencyReason({ item }: { item: TodayItem }) {
  const why = openerOf(item) ? (
    <Trans>The emergency card was opened by its link</Trans>
  ) : (
    <BreakGlassReasonText code={item.detail} />
  )
  return (
    <>
      {why}: <q>{item.text}</q>
    </>
  )
}

function CarerIllReason({ item }: { item: TodayItem }) {
  const name = item.owner?.name
  if (!item.text) return <Trans>{name} is ill</Trans>
  return (
    <Trans>
      {name} is ill. Nobody yet for: {item.text}
    </Trans>
  )
}

function ColourReason({ item }: { item: TodayItem }) {
  const { i18n } = useLingui()
  const level = item.detail?.endsWith('red') ? 'red' : 'amber'
  const name = i18n._(colourLabels[level])
  const isOver = item.detail?.startsWith('was-')
  return (
    <>
      <LevelMark level={level} />{' '}
      {isOver ? (
        <Trans>
          Was {name}, says {item.owner?.name}. Nobody has said anything since
        </Trans>
      ) : (
        <Trans>
          {name}, says {item.owner?.name}
        </Trans>
      )}
      {item.text ? (
        <>
          : <q>{item.text}</q>
        </>
      ) : null}
    </>
  )
}

function HomeWords({ item }: { item: TodayItem }) {
  const home = item.since ?? item.due
  return (
    <>
      {item.text ? (
        <Trans>
          Home <RelativeTime at={home} />, after: {item.text}
        </Trans>
      ) : (
        <Trans>
          Home from hospital <RelativeTime at={home} />
        </Trans>
      )}
      <TriedWords detail={item.detail} />
    </>
  )
}

/** What was tried already, or that only the visit is left. */
function TriedWords({ detail = '' }: { detail: string | undefined }) {
  if (detail === 'visit')
    return (
      <>
        {'. '}
        <Trans>Called. A visit is due</Trans>
      </>
    )
  const [how, count] = detail.split('-')
  if (how !== 'tried' && how !== 'attempted') return null
  return (
    <>
      {'. '}
      <Plural
        value={Number(count)}
        one="Tried once, nobody answered"
        other="Tried # times, nobody answered"
      />
    </>
  )
}

/** That it was prepared, and for when, is beside the person’s name. */
function AskedFirst({ question }: { question: string }) {
  return question ? (
    <q className="gable-said">{question}</q>
  ) : (
    <Trans>Read it before you meet</Trans>
  )
}

/** Nobody has checked who it was. */
const CardOpener = ({ item }: { item: TodayItem }) => (
  <p className="gable-meta">
    <Trans>
      <bdi>{item.owner?.name}</bdi> (<RoleName role={openerOf(item) ?? ''} />, as they said){' '}
      <RelativeTime at={item.due} />. Ask the person, or stop the link if it was not wanted.
    </Trans>
  </p>
)

/** What else to know before acting. */
export function Aside({ item }: { item: TodayItem }) {
  if (openerOf(item)) return <CardOpener item={item} />
  switch (item.kind) {
    case 'emergency':
      return (
        <p className="gable-meta">
          <Trans>
            {item.owner?.name} opened the record in an emergency without being in the care team,{' '}
            <RelativeTime at={item.due} />
          </Trans>
        </p>
      )
    case 'died':
      return <CarersLeft names={item.text} />
    case 'home':
    case 'admitted':
      return <WhoseTask item={item} />
    case 'hand-over':
    case 'colour':
    case 'carer-ill':
    case 'suggestion':
    case 'prepared':
    case 'task':
    case 'referral':
    case 'medicine':
    case 'letter':
    case 'tell':
      return null
    default:
      return <OtherAside item={item} />
  }
}

const CarersLeft = ({ names }: { names: string }) => (
  <p className="gable-meta">
    {names ? (
      <Trans>Support the people who cared for them: {names}</Trans>
    ) : (
      <Trans>No carer is recorded. Was there someone?</Trans>
    )}
  </p>
)

function OtherAside({ item }: { item: TodayItem }) {
  if (item.reading)
    return (
      <>
        <AlertOwner
          person={item.person}
          owner={item.owner}
          answerBy={item.reading.answerBy}
          is={item.reading.stands}
          before={item.reading.before}
        />
        {item.reading.done ? (
          <p className="gable-meta">
            <Trans>Done so far: {item.reading.done}</Trans>
          </p>
        ) : null}
        <AlertRest alert={toldAlert(item, item.reading)} since={item.due} />
        <p className="gable-meta">
          <LimitWords limit={item.reading.limit} />
        </p>
      </>
    )
  if (item.owner) return <PromisedBy owner={item.owner} person={item.person} />
  if (item.kind !== 'silent') return null
  return (
    <p className="gable-meta">
      <Trans>
        Last contact on <DateText date={dayHere(item.due)} />
      </Trans>
    </p>
  )
}

function Disagreed({ item: { notTo, text } }: { item: TodayItem }) {
  return (
    <>
      {notTo ? (
        <Trans>Agreed, but not to: {notTo}</Trans>
      ) : (
        <Trans>Said “not like this” to the plan</Trans>
      )}{' '}
      {text ? <q className="gable-said">{text}</q> : <Trans>Gave no reason</Trans>}
    </>
  )
}

function PromisedBy({ owner, person }: Readonly<{ owner: Omit<Who, 'voice'>; person: string }>) {
  return (
    <p className="gable-meta">
      {owner.reference === whoAmI(person).reference ? (
        <Trans>Promised by you</Trans>
      ) : (
        <Trans>Promised by {owner.name}</Trans>
      )}
    </p>
  )
}

/** One owner: the coordinator, or that nobody is. */
function WhoseTask({ item: { owner, person } }: { item: TodayItem }) {
  return (
    <p className="gable-meta">
      {owner === undefined ? (
        <Trans>Nobody yet: take it</Trans>
      ) : owner.reference === whoAmI(person).reference ? (
        <Trans>Yours</Trans>
      ) : (
        <Trans>{owner.name} does this</Trans>
      )}
    </p>
  )
}
