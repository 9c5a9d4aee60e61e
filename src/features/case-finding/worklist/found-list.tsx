import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { Link } from 'react-router'
import { clockZone } from '#client/clock.ts'
import {
  type FindFilters,
  type FoundPeople,
  peoplePerPage,
} from '#client/queries/monitoring/find-people.ts'
import { freePlacesQuery } from '#client/queries/monitoring/population.ts'
import { scoreDirectionsQuery } from '#client/queries/monitoring/score-directions.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { instrumentNamed, outsideOrder } from '#domain/outside-score/outside-instrument.ts'
import { AssignDialog } from '#features/case-finding/deciding/assign-dialog.tsx'
import { NotNowDialog } from '#features/case-finding/deciding/not-now-dialog.tsx'
import { RefusedNotice } from '#features/case-finding/deciding/refused-notice.tsx'
import type { Narrow } from '#features/case-finding/filters/use-find-filters.ts'
import { orderLabels } from '#features/parts/find/stratum-labels.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Pager } from '#ui/layout/pager.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CountBar } from './count-bar.tsx'
import { ExportList } from './export-list.tsx'
import { FoundRow } from './found-row.tsx'
import { KeysHelp } from './keys-help.tsx'
import { ListNews } from './list-news.tsx'
import { listed, mayBeDecided } from './listed.ts'
import { useListKeysSetting } from './use-list-keys-setting.ts'
import { useWorkedList, type WorkedList } from './use-worked-list.ts'

type ListProps = Readonly<{ data: FoundPeople; filters: FindFilters; narrow: Narrow }>

/** The people who were found, in dense rows, to be worked with the mouse or by keyboard alone. */
export function FoundList({
  countedAt,
  data,
  filters,
  narrow,
}: ListProps & Readonly<{ countedAt: number }>) {
  const work = useWorkedList(data.people)
  const { decisions, selection } = work
  return (
    <section className="worklist" aria-labelledby="find-count">
      <div className="worklist__head">
        <h2 id="find-count" aria-live="polite">
          <HowMany {...{ data, filters }} />
        </h2>
        <OrderChoice {...{ data, filters, narrow }} />
        <ExportList filters={filters} />
        <Button variant="link" onClick={() => work.ask({ what: 'help', people: [] })}>
          <Trans>Keys</Trans>
        </Button>
      </div>
      {filters.list ? null : (
        <ListNews list={`standard/${data.order ?? 'frailty'}`} news={data.news} />
      )}
      <RefusedNotice decisions={decisions} />
      {data.people.length === 0 ? (
        <Nobody isEmpty={isNobody(data, filters)} />
      ) : (
        <Rows {...{ data, filters, work }} />
      )}
      <CountBar
        count={selection.people.length}
        pending={decisions.pending}
        onTakeOn={() =>
          void decisions.decide(selection.people.map(listed), { decision: 'take-on' })
        }
        onAssign={() => work.ask({ what: 'assign', people: selection.people })}
        onDefer={() => work.ask({ what: 'defer', people: selection.people })}
        onDecline={() => work.ask({ what: 'decline', people: selection.people })}
        onClear={() => selection.keep([])}
      />
      <Pager
        page={filters.page}
        pages={Math.ceil(data.total / peoplePerPage)}
        onPage={(page) => narrow({ page: String(page) })}
      />
      <p className="find__meta">
        <HowOrdered data={data} /> <CountedAt at={countedAt} />
      </p>
      <Question work={work} />
    </section>
  )
}

/** Most changes are counted at once; a reading can take a minute, because counts are not made again for each. */
function CountedAt({ at }: { at: number }) {
  const { i18n } = useLingui()
  const time = i18n.date(at, { timeStyle: 'short', timeZone: clockZone() })
  return <Trans>Counted at {time}. A new reading can take a minute to count.</Trans>
}

function HowMany({ data, filters }: Pick<ListProps, 'data' | 'filters'>) {
  return (
    <>
      <Plural value={data.total} one="# person" other="# people" />
      {filters.unscored ? <Trans> without a score</Trans> : null}
      {!filters.unscored && filters.known === 'no-coordinator' ? (
        <Trans> without a coordinator</Trans>
      ) : null}
    </>
  )
}

function Rows({ data, filters, work }: Pick<ListProps, 'data' | 'filters'> & { work: WorkedList }) {
  const { t } = useLingui()
  const { selection } = work
  const isProfessional = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  const room = useQuery({ ...freePlacesQuery, enabled: isProfessional })
  const keysOn = useListKeysSetting(({ value }) => value === 'on')
  const first = (filters.page - 1) * peoplePerPage
  const counts = new Map(data.conditions.map(({ value, count }) => [value, count]))
  const others = { counts, total: data.total }
  const selectable = data.people.filter(mayBeDecided)
  const areAll = selectable.length > 0 && selectable.every(({ id }) => selection.has(id))
  return (
    <>
      <div className="worklist__columns">
        <span className="worklist__select">
          {isProfessional && selectable.length > 0 ? (
            <input
              type="checkbox"
              aria-label={t`Select all on this page`}
              checked={areAll}
              onChange={() => selection.toggleAll(selectable)}
            />
          ) : null}
        </span>
        <span />
        <span aria-hidden="true">
          <Trans>Person</Trans>
        </span>
        <span aria-hidden="true">
          <Trans>Chance of a stay</Trans>
        </span>
        <span aria-hidden="true">
          <Trans>Why this person, in the last year, and what we could change</Trans>
        </span>
      </div>
      <ol className="worklist__rows" start={first + 1} ref={work.list}>
        {data.people.map((person, row) => (
          <Fragment key={person.id}>
            <FoundRow
              {...{ person, others, isProfessional }}
              rules={data.rules}
              place={first + row + 1}
              decisions={work.decisions}
              isSelected={selection.has(person.id)}
              onSelect={() => selection.toggle(person)}
              onNotNow={(about, what) => work.ask({ what, people: [about] })}
              onFocus={() => work.setCurrent(row)}
              tab={keysOn && row !== work.current ? -1 : 0}
            />
            <RoomEnds
              free={filters.known === 'no-coordinator' ? room.data?.free : undefined}
              place={first + row + 1}
            />
          </Fragment>
        ))}
      </ol>
    </>
  )
}

/** Where the free places of the coordinators end. */
function RoomEnds({ free, place }: Readonly<{ free: number | undefined; place: number }>) {
  if (free === undefined || free !== place) return null
  return (
    <li className="worklist__line">
      <strong>
        <Plural
          value={free}
          one="Our room ends here: # place free"
          other="Our room ends here: # places free"
        />
      </strong>{' '}
      <Link to="/find/population">
        <Trans>What happens to people below the line?</Trans>
      </Link>
    </li>
  )
}

function Question({ work }: { work: WorkedList }) {
  const { asking, decisions, close } = work
  if (!asking) return null
  const people = asking.people.map(listed)
  switch (asking.what) {
    case 'help':
      return <KeysHelp onClose={close} />
    case 'assign':
      return <AssignDialog {...{ people, decisions }} onClose={close} />
    default:
      return <NotNowDialog {...{ people, decisions }} begin={asking.what} onClose={close} />
  }
}

function OrderChoice({ data, filters, narrow }: ListProps) {
  const { t } = useLingui()
  const { order = 'frailty' } = data
  const { data: directions } = useQuery(scoreDirectionsQuery)
  const stated = (directions?.scores ?? []).filter((each) => each.direction && !each.published)
  return (
    <SelectField
      label={t`Order by`}
      value={filters.order === 'suggested' ? order : filters.order}
      onChange={(chosen) => narrow({ order: chosen })}
      options={[
        ...Object.entries(orderLabels).map(([value, label]) => ({ value, label: t(label) })),
        ...ordersFromElsewhere(data, t`Cost of the last twelve months`),
        ...stated.map(({ code }) => ({ value: `outside:${code}`, label: code })),
      ]}
    />
  )
}

/** Orders that only some places have: where somebody sends costs or scores. */
const ordersFromElsewhere = ({ costs, outside }: FoundPeople, cost: string) => [
  ...(costs.length > 0 ? [{ value: 'cost', label: cost }] : []),
  ...outside.flatMap(({ value: code }) => {
    const known = instrumentNamed(code)
    return known ? [{ value: `outside:${code}`, label: known.name }] : []
  }),
]

/** What the order is, and that nobody has validated it. */
function HowOrdered({ data: { order = 'frailty', countedOn } }: Pick<ListProps, 'data'>) {
  const code = outsideOrder.exec(order)?.[1]
  if (code)
    return (
      <Trans>
        Sorted by {instrumentNamed(code)?.name ?? code}, which somebody else worked out: see at each
        person how old it is.
      </Trans>
    )
  if (order === 'cost')
    return (
      <Trans>
        Sorted by what care cost in the last twelve whole months, as far as it was sent. The last
        months are not complete yet.
      </Trans>
    )
  if (order === 'frailty' || !countedOn)
    return (
      <Trans>
        Sorted by frailty, then by illnesses and emergency care in the last year. This order is our
        own, not a validated prediction.
      </Trans>
    )
  return (
    <Trans>
      The chance was counted on <DateText date={countedOn} /> among the people of this service who
      were alike a year ago. It says what happened to people like this one, not what will happen to
      them.
    </Trans>
  )
}

/** Nobody at all, whatever the search: no filter is the cause. */
const isNobody = ({ known, unscored }: FoundPeople, filters: FindFilters) =>
  filters.text === '' &&
  filters.band + filters.condition + filters.segment + filters.changeable + filters.rule === '' &&
  (filters.ageFrom ?? filters.ageTo) === undefined &&
  unscored + known.reduce((sum, { count }) => sum + count, 0) === 0

function Nobody({ isEmpty }: { isEmpty: boolean }) {
  const { t } = useLingui()
  if (isEmpty)
    return (
      <EmptyState title={t`Nobody here yet`}>
        <p>{t`People registered with your practice, and people in whose care you are named, are listed here.`}</p>
      </EmptyState>
    )
  return (
    <EmptyState title={t`Nobody matches`}>
      <p>{t`Remove a filter, or search for another name. Somebody who said no to being looked for is found by the search at the top of each page.`}</p>
    </EmptyState>
  )
}
