import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { clockToday } from '#client/clock.ts'
import { foldedRows } from '#domain/today/can-wait.ts'
import { daysWithoutContact, type TodayItem, type TodayKind } from '#domain/today/today.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { AccessRow } from './access-row.tsx'
import { TodayRow } from './today-row.tsx'

const titles: Readonly<Record<TodayKind, ReactNode>> = {
  emergency: <Trans>Opened in an emergency</Trans>,
  safety: <Trans>Safety first</Trans>,
  colour: <Trans>Not a usual day</Trans>,
  'carer-ill': <Trans>A carer is ill</Trans>,
  died: <Trans>Has died</Trans>,
  home: <Trans>Home from hospital: call first</Trans>,
  admitted: <Trans>Admitted to hospital</Trans>,
  reading: <Trans>Readings outside agreed limits</Trans>,
  disagreed: <Trans>Plans not agreed, or not all of one</Trans>,
  promise: <Trans>Promises overdue</Trans>,
  task: <Trans>Asked of you, or of your team</Trans>,
  referral: <Trans>Referrals that wait too long</Trans>,
  medicine: <Trans>Medicines to look at</Trans>,
  letter: <Trans>Letters to read and send</Trans>,
  tell: <Trans>Visits changed: call them</Trans>,
  suggestion: <Trans>Changes suggested for your words</Trans>,
  'hand-over': <Trans>Asked to take someone on</Trans>,
  review: <Trans>Reviews due</Trans>,
  prepared: <Trans>Prepared for the next review</Trans>,
  access: <Trans>Who can see the record has changed</Trans>,
  message: <Trans>Messages that nobody has seen</Trans>,
  silent: <Trans>No contact for {daysWithoutContact} days</Trans>,
}
const notes: Readonly<Record<TodayKind, ReactNode>> = {
  emergency: <Trans>Stays until someone has looked into it</Trans>,
  safety: <Trans>Stays until someone closes it</Trans>,
  colour: <Trans>Stays until someone says that it is green again</Trans>,
  'carer-ill': <Trans>Stays until someone says that the carer is better</Trans>,
  died: <Trans>Nothing more is asked for. Stays until the case is closed</Trans>,
  home: <Trans>The time to call is your organisation’s rule</Trans>,
  admitted: <Trans>In the last three days</Trans>,
  reading: <Trans>Limits agreed in each plan</Trans>,
  disagreed: <Trans>Until it is changed, or agreed after all</Trans>,
  promise: <Trans>Reported by the person, or past the due date</Trans>,
  task: <Trans>Until someone takes it, and on its day</Trans>,
  referral: <Trans>The time limit of each state</Trans>,
  medicine: <Trans>The lists of a hospital stay do not match</Trans>,
  letter: <Trans>A meeting has decided, and the person does not know yet</Trans>,
  tell: <Trans>Stays until somebody writes down who was told</Trans>,
  suggestion: <Trans>Stays until you or a colleague decides</Trans>,
  'hand-over': <Trans>Stays until your practice accepts or declines</Trans>,
  review: <Trans>The date agreed in each plan</Trans>,
  prepared: <Trans>Read it before you meet</Trans>,
  access: <Trans>Stays until you have seen it</Trans>,
  message: <Trans>Stays until someone of the team has read it</Trans>,
  silent: <Trans>No visit, call, message or reading</Trans>,
}

/** These rows come and go by a number of days. */
const counted: readonly TodayKind[] = ['silent']

const whoOf = ({ people, others = [] }: Today, id: string) =>
  [...people, ...others].find((person) => person.id === id)

type Row = readonly [TodayItem, ...TodayItem[]]

/** Everything about one person is in one row. */
const byPerson = (items: readonly TodayItem[]): readonly Row[] =>
  [...Map.groupBy(items, (item) => item.person).values()].flatMap(([first, ...more]) =>
    first ? [[first, ...more] as Row] : [],
  )

/** One reason to act, and every person it applies to. `all`: so many lines has the whole page. */
export function TodayGroup({
  kind,
  today,
  all,
  isOthers = false,
}: Readonly<{ kind: TodayKind; today: Today; all: number; isOthers?: boolean }>) {
  const items = today.items
    .filter((item) => item.kind === kind)
    .toSorted((one, other) => one.due.localeCompare(other.due))
  if (items.length === 0) return null
  const rows = kind === 'access' ? byPerson(items) : items.map((item): Row => [item])
  const id = isOthers ? `today-others-${kind}` : `today-${kind}`
  const { shown, folded } = foldedRows(rows, { today: clockToday(), all })
  return (
    <section className="today-group" aria-labelledby={id}>
      <div className="today-group__head">
        <h2 id={id}>
          {titles[kind]} <span className="today-count">{rows.length}</span>
        </h2>
        <p className="gable-meta">{notes[kind]}</p>
      </div>
      <div className="today-group__rows">
        {shown.length > 0 ? <OwnChoice kind={kind} /> : null}
        <Rows rows={shown} today={today} />
        {folded.length > 0 ? (
          <details className="today-more">
            <summary>
              {shown.length > 0 ? (
                <Plural value={folded.length} one="# more" other="# more" />
              ) : (
                <Names rows={folded} today={today} />
              )}
            </summary>
            {shown.length === 0 ? <OwnChoice kind={kind} /> : null}
            <Rows rows={folded} today={today} />
          </details>
        ) : null}
      </div>
    </section>
  )
}

const OwnChoice = ({ kind }: Readonly<{ kind: TodayKind }>) =>
  counted.includes(kind) ? <UnverifiedMark what="today-days" /> : null

function Rows({ rows, today }: Readonly<{ rows: readonly Row[]; today: Today }>) {
  if (rows.length === 0) return null
  return (
    <ul className="today-rows">
      {rows.map(([item, ...more]) =>
        item.kind === 'access' ? (
          <AccessRow key={item.person} items={[item, ...more]} person={whoOf(today, item.person)} />
        ) : (
          <TodayRow
            key={item.kind + item.reference + (item.reading?.kind ?? '')}
            item={item}
            person={whoOf(today, item.person)}
            lookedAt={today.lookedAt}
          />
        ),
      )}
    </ul>
  )
}

/** Who is in a line that is folded, so that nobody is hidden behind a number alone. */
const mostNames = 3

function Names({ rows, today }: Readonly<{ rows: readonly Row[]; today: Today }>) {
  const people = [...new Set(rows.map(([{ person }]) => person))]
  const left = people.length - mostNames
  return (
    <>
      {people.slice(0, mostNames).map((id, place) => (
        <span key={id}>
          {place > 0 ? '; ' : null}
          <PersonName family={whoOf(today, id)?.family} given={whoOf(today, id)?.given} />
        </span>
      ))}{' '}
      {left > 0 ? <Plural value={left} one="and # more" other="and # more" /> : null}
    </>
  )
}
