import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { noteLastViewed } from '#client/forms/last-viewed.ts'
import {
  planHistoryQueries,
  type ShownComparison,
  type ShownDifference,
} from '#client/queries/versions/plan-history.ts'
import { type HouseRoom, houseRooms } from '#domain/plan/plan.ts'
import {
  agreedInVersion,
  madeInVersion,
  reviewSetInVersion,
} from '#domain/plan/versions/agreed-in-version.ts'
import type { PlanVersion } from '#domain/plan/versions/plan-version.ts'
import { UndoLastChange } from '#features/parts/undo/undo-last-change.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { AnswersTable } from './answers-table.tsx'
import { CompareFilters } from './compare-filters.tsx'
import { ComparedRoom } from './compared-room.tsx'
import {
  type ComparedRow,
  comparedRows,
  isSuggestedRow,
  isWithin,
  type RowFilter,
} from './compared-rows.ts'
import {
  isAgreedVersion,
  type LoadedVersions,
  usePlanVersions,
  versionNumbered,
} from './use-plan-versions.ts'
import { useMomentText, type VersionReader } from './version-reader.ts'
import { VersionStreet } from './version-street.tsx'

/** Two states of a plan side by side, in whole phrases: what changed, who wrote it, and what the person said yes to. */
export function ComparePlan({
  reader,
  planId,
}: Readonly<{ reader: VersionReader; planId: string }>) {
  const { t } = useLingui()
  const [query] = useSearchParams()
  const loaded = usePlanVersions(planId)
  const { versions } = loaded
  const from = query.get('from') ?? usualFrom(versions)
  const to = query.get('to') ?? 'now'
  const sayDay = useDayText()
  const { data: compared } = useSuspenseQuery(
    planHistoryQueries.comparison({ planId, sayDay }, from, to),
  )
  const moment = useMomentText()
  const { givenName, suggestedChanges } = reader.house
  const rows = comparedRows(compared, suggestedChanges, to === 'now')
  const day = compared.older.at ? moment(compared.older.at) : ''
  const until = to === 'now' ? t`today` : compared.newer.at ? moment(compared.newer.at) : ''
  const title = reader.isOwn
    ? t`My plan: what has changed`
    : t`${givenName}’s plan: what has changed`
  const problem = compared.older.problem ?? compared.newer.problem
  const [isWide] = useState(hasSpace)
  return (
    <div className="plan-compare">
      <PageHeading
        title={title}
        {...(problem
          ? {}
          : {
              lead: (
                <HowMuch
                  compared={compared}
                  suggested={rows.filter(isSuggestedRow).length}
                  {...{ day, until }}
                />
              ),
            })}
        actions={
          <Button variant="link" onClick={() => globalThis.print()}>
            <Trans>Print</Trans>
          </Button>
        }
      />
      <details className="plan-choose-fold" open={isWide}>
        <summary>
          <Trans>Compare other versions</Trans>
        </summary>
        <Choose reader={reader} loaded={loaded} from={from} to={to} />
      </details>
      {problem ? (
        <p className="gable-missing" role="alert">
          {problem}
        </p>
      ) : (
        <Compared reader={reader} versions={versions} compared={compared} rows={rows} to={to} />
      )}
    </div>
  )
}

/** On a phone the changes come first: which versions are compared is on request, and the street below. */
const hasSpace = () => matchMedia('(min-width: 721px)').matches

/** The last version that the person said yes to, if it is not the newest; otherwise the one before. */
function usualFrom(versions: readonly PlanVersion[]): string {
  const [newest, ...older] = versions
  const agreed = older.find(isAgreedVersion)
  return String((agreed ?? older[0] ?? newest)?.number ?? 1)
}

type MuchProps = Readonly<{
  compared: ShownComparison
  suggested: number
  day: string
  until: string
}>

function HowMuch({ compared: { differences, same }, suggested, day, until }: MuchProps) {
  const of = (change: ShownDifference['change']) =>
    differences.filter((each) => each.change === change).length
  return (
    <>
      <Trans>
        From {day} to {until}: {of('added')} added, {of('changed')} changed, {of('ended')} ended.
      </Trans>{' '}
      {suggested > 0 ? (
        <>
          <Plural
            value={suggested}
            one="# change is suggested."
            other="# changes are suggested."
          />{' '}
        </>
      ) : null}
      <Plural value={same.length} one="# sentence is the same." other="# sentences are the same." />
    </>
  )
}

type ChooseProps = Readonly<{
  reader: VersionReader
  loaded: LoadedVersions
  from: string
  to: string
}>

function Choose({ reader, loaded, from, to }: ChooseProps) {
  const { t } = useLingui()
  const [, setQuery] = useSearchParams()
  const moment = useMomentText()
  const { versions, hasOlder, loadOlder, isLoading } = loaded
  const { house, lastViewed, root } = reader
  const options = versions.map((version) => ({
    value: String(version.number),
    label: isAgreedVersion(version)
      ? t`Version ${version.number}, ${moment(version.at)}, agreed`
      : t`Version ${version.number}, ${moment(version.at)}`,
  }))
  const withOther = (value: string) =>
    value === 'now' || options.some((each) => each.value === value)
      ? options
      : [{ value, label: /^\d{4}-/.test(value) ? moment(value) : t`Version ${value}` }, ...options]
  const seen = Object.values(lastViewed).toSorted()[0]
  const agreed = versions.find(isAgreedVersion)
  const linkTo = (start: string) => `${root}/compare?${new URLSearchParams({ from: start })}`
  return (
    <div className="plan-choose">
      <SelectField
        label={t`Compare`}
        value={from}
        options={withOther(from)}
        onChange={(value) => setQuery({ from: value, to }, { preventScrollReset: true })}
      />
      <SelectField
        label={t`with`}
        value={to}
        options={[{ value: 'now', label: t`today` }, ...withOther(to)]}
        onChange={(value) => setQuery({ from, to: value }, { preventScrollReset: true })}
      />
      {hasOlder ? (
        <Button variant="link" pending={isLoading} onClick={loadOlder}>
          <Trans>Show older versions</Trans>
        </Button>
      ) : null}
      <ul className="plan-choose__links">
        {seen ? (
          <li>
            <Link to={linkTo(seen)}>
              <Trans>Since you last looked, {moment(seen)}</Trans>
            </Link>
          </li>
        ) : null}
        {agreed ? (
          <li>
            <Link to={linkTo(String(agreed.number))}>
              {reader.isOwn ? (
                <Trans>Since you last said yes</Trans>
              ) : (
                <Trans>Since {house.givenName} last said yes</Trans>
              )}
            </Link>
          </li>
        ) : null}
        <li>
          <Link to={`${root}/before`}>
            <Trans>The plan as it stood on another day</Trans>
          </Link>
        </li>
      </ul>
    </div>
  )
}

type ComparedProps = Readonly<{
  reader: VersionReader
  versions: readonly PlanVersion[]
  compared: ShownComparison
  rows: readonly ComparedRow[]
  to: string
}>

function Compared({ reader, versions, compared, rows, to }: ComparedProps) {
  const [filter, setFilter] = useState<RowFilter>({})
  const { root, house } = reader
  const { same } = compared
  const [older, newer] = [compared.older, compared.newer].map(({ version }) =>
    versionNumbered(versions, version),
  )
  const shown = rows.filter((each) => isWithin(each, filter))
  const rooms = houseRooms.filter((room) => shown.some((each) => each.room === room))
  const both = [...new Set([older, newer])].flatMap((each) => each ?? [])
  const [isWide] = useState(hasSpace)
  const street = (
    <VersionStreet
      versions={versions}
      from={older?.number}
      to={newer?.number}
      name={house.givenName}
      linkTo={({ number }) =>
        `${root}/compare?${new URLSearchParams({ from: String(number), to })}`
      }
    />
  )
  return (
    <>
      {isWide ? street : null}
      <div className="plan-compare__columns">
        <CompareFilters reader={reader} rows={rows} filter={filter} onFilter={setFilter} />
        <div>
          {filter.onlySuggested ? (
            <p className="gable-meta">
              <Trans>Only what is suggested is shown. The plan says it only after a yes.</Trans>
            </p>
          ) : null}
          {compared.differences.length === 0 && !filter.onlySuggested ? (
            <p className="gable-missing">
              <Trans>Nothing is different. Both say the same.</Trans>
            </p>
          ) : null}
          {inOrder(rooms).map((room) => (
            <ComparedRoom
              key={room}
              reader={reader}
              room={room}
              rows={shown.filter((each) => each.room === room)}
              sameCount={same.filter((each) => each.room === room).length}
              madeIn={(each) => versionOf(versions, each)}
              agreedMark={(each) => (
                <>
                  <AgreedMark reader={reader} versions={versions} difference={each} />
                  {to === 'now' ? (
                    <UndoOwn reader={reader} versions={versions} difference={each} />
                  ) : null}
                </>
              )}
            />
          ))}
          <TheSame reader={reader} same={same} />
          {isWide ? null : street}
          {both.length > 0 ? (
            <AnswersTable
              {...{ reader, versions, compared: both }}
              suggestions={rows.flatMap((row) => ('suggestion' in row ? row.suggestion : []))}
            />
          ) : null}
          <div className="plan-compare__end">
            {rows.some((row) => 'suggestion' in row && row.suggestion.state === 'waiting') ? (
              <LinkButton to={reader.home}>
                <Trans>Go to what waits for a yes</Trans>
              </LinkButton>
            ) : null}
            <Button variant="link" onClick={() => noteLastViewed(house.person, houseRooms)}>
              <Trans>Mark all as seen</Trans>
            </Button>
          </div>
        </div>
      </div>
    </>
  )
}

const order: readonly HouseRoom[] = ['conversation', 'me', 'team', 'support', 'roof']
const inOrder = (rooms: readonly HouseRoom[]) => order.filter((each) => rooms.includes(each))

function TheSame({
  reader,
  same,
}: Readonly<{ reader: VersionReader; same: ShownComparison['same'] }>) {
  const [isOpen, setOpen] = useState(false)
  if (same.length === 0) return null
  return (
    <div className="plan-same">
      <p>
        <Plural
          value={same.length}
          one="# sentence is the same."
          other="# sentences are the same."
        />{' '}
        <Button variant="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <Trans>Hide them</Trans> : <Trans>Show them too</Trans>}
        </Button>
      </p>
      {isOpen ? (
        <ul>
          {same.map((each) => (
            <li key={each.key}>
              <span className="gable-meta">{reader.titles[each.room]}: </span>
              {each.words}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

type MarkProps = Readonly<{
  reader: VersionReader
  versions: readonly PlanVersion[]
  difference: ShownDifference
}>

/** The version that a difference came with; of a record that is gone the last that changed it. */
function versionOf(
  versions: readonly PlanVersion[],
  { kind, after, before }: ShownDifference,
): PlanVersion | undefined {
  const gone = before && { target: `${before.target.split('/_history/')[0]}/_history/999999999` }
  const sentence = after ?? gone
  const madeIn = kind === 'review' ? reviewSetInVersion : madeInVersion
  const made = sentence && madeIn(versions, sentence)
  return versions.find(({ number }) => number === made)
}

/** What is done or declined needs nobody’s yes: it is progress. */
const isProgress = ({ change, ended }: ShownDifference) =>
  change === 'ended' && (ended === 'done' || ended === 'declined')

/** The service notes who made a version: only its author can undo it, and only as the last change. */
function UndoOwn({ reader, versions, difference }: MarkProps) {
  const { after } = difference
  if (!after || isProgress(difference)) return null
  const isOwn = versionOf(versions, difference)?.by?.reference === reader.me
  const [record = '', version = ''] = after.target.split('/_history/')
  if (!isOwn || !(Number(version) > 1) || !canBeUndone(record)) return null
  const { person, plan } = reader.house
  return <UndoLastChange person={person} planId={plan?.id} record={record} />
}

const canBeUndone = (record: string) =>
  /^(Goal|Task|Condition|Observation)\//.test(record) || record.startsWith('CarePlan/whatif-')

function AgreedMark({ reader, versions, difference }: MarkProps): ReactNode {
  if (isProgress(difference)) return null
  const made = versionOf(versions, difference)?.number
  if (made === undefined) return null
  const agreed = agreedInVersion(versions, made)
  if (agreed)
    return (
      <StateMark state="agreed">
        <Trans>Agreed in version {agreed.number}</Trans>
      </StateMark>
    )
  return (
    <StateMark state="due">
      {reader.isOwn ? (
        <Trans>Waits for you</Trans>
      ) : (
        <Trans>Waits for {reader.house.givenName}</Trans>
      )}
    </StateMark>
  )
}
