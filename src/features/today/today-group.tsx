import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { daysWithoutContact, type TodayItem, type TodayKind } from '#domain/today/today.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
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
  suggestion: <Trans>Changes suggested for your words</Trans>,
  'hand-over': <Trans>Asked to take someone on</Trans>,
  review: <Trans>Reviews due</Trans>,
  prepared: <Trans>Prepared for the next review</Trans>,
  access: <Trans>Who can see the record has changed</Trans>,
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
  suggestion: <Trans>Stays until you or a colleague decides</Trans>,
  'hand-over': <Trans>Stays until your practice accepts or declines</Trans>,
  review: <Trans>The date agreed in each plan</Trans>,
  prepared: <Trans>Read it before you meet</Trans>,
  access: <Trans>Stays until you have seen it</Trans>,
  silent: <Trans>No visit, call, message or reading</Trans>,
}

/** These rows come and go by a number of days. */
const counted: readonly TodayKind[] = ['silent']

const whoOf = ({ people, others = [] }: Today, id: string) =>
  [...people, ...others].find((person) => person.id === id)

/** So many of one kind are shown at once: the most pressing. The rest is one press away. */
const mostRows = 3

type Row = readonly [TodayItem, ...TodayItem[]]

/** Everything about one person is in one row. */
const byPerson = (items: readonly TodayItem[]): readonly Row[] =>
  [...Map.groupBy(items, (item) => item.person).values()].flatMap(([first, ...more]) =>
    first ? [[first, ...more] as Row] : [],
  )

/** One reason to act, and every person it applies to. */
export function TodayGroup({
  kind,
  today,
  isOthers = false,
}: Readonly<{ kind: TodayKind; today: Today; isOthers?: boolean }>) {
  const items = today.items
    .filter((item) => item.kind === kind)
    .toSorted((one, other) => one.due.localeCompare(other.due))
  if (items.length === 0) return null
  const rows = kind === 'access' ? byPerson(items) : items.map((item): Row => [item])
  const id = isOthers ? `today-others-${kind}` : `today-${kind}`
  const [shown, folded] =
    rows.length > mostRows ? [rows.slice(0, mostRows), rows.slice(mostRows)] : [rows, []]
  const list = (some: readonly Row[]) => (
    <ul className="gable-boxed-rows">
      {some.map(([item, ...more]) =>
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
  return (
    <section className="gable-section" aria-labelledby={id}>
      <div className="today-group__head">
        <h2 id={id}>
          {titles[kind]} <span className="today-count">{rows.length}</span>
        </h2>
        <span className="gable-meta">{notes[kind]}</span>
      </div>
      {counted.includes(kind) ? <UnverifiedMark what="today-days" /> : null}
      {list(shown)}
      {folded.length > 0 ? (
        <details className="today-more">
          <summary>
            <Plural value={folded.length} one="# more" other="# more" />
          </summary>
          {list(folded)}
        </details>
      ) : null}
    </section>
  )
}
