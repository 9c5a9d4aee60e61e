import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { clockToday, dayHere } from '#client/clock.ts'
import { useOffline } from '#client/offline/use-offline.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { observationsQuery } from '#client/queries/monitoring/observations.ts'
import type { Restriction } from '#domain/access/labels/restriction.ts'
import { openAlerts } from '#domain/alert/open-alerts.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import {
  type Reading,
  type ReadingKind,
  readingKinds,
  type UncomparedReading,
} from '#domain/reading/reading.ts'
import { LimitWords } from '#features/parts/alert-labels.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { LineChart } from '#ui/charts/line-chart.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useSearch } from '#ui/layout/use-search.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { AlertNotice } from './alert-notice.tsx'
import { CloseAlertForm } from './close-alert-form.tsx'
import { DeviceImport } from './device/device-import.tsx'
import { LimitForm } from './limit-form.tsx'
import { ObservationForm } from './observation-form.tsx'
import { OwnAmberCard } from './own-amber.tsx'
import { TrendsWatched } from './trends-watched.tsx'
import { WorriesSideBySide } from './worries-side-by-side.tsx'
import { WorryForm } from './worry-form.tsx'

/** The readings of one person against the agreed limits. */
export function ObservationsPage() {
  const { t } = useLingui()
  return (
    <div className="readings">
      <PageHeading title={t`Readings`} lead={t`Limits are agreed with the person, in the plan.`} />
      <Suspense fallback={<Skeleton lines={8} />}>
        <ReadingsBody />
      </Suspense>
    </div>
  )
}

/** Without a network: how far back the readings on this device go. */
function OlderNeedConnection({ person }: { person: string }) {
  const { people, isAway } = useOffline()
  const since = people.find((each) => each.id === person)?.readingsSince
  if (!isAway || !since) return null
  return (
    <p className="gable-missing">
      <Trans>
        Readings from before <DateText date={since} /> are not on this device. They need a
        connection.
      </Trans>
    </p>
  )
}

function ReadingsBody() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const [search, setSearch] = useSearch()
  const { data } = useSuspenseQuery(observationsQuery(person))
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const words = useReadingLabels()
  const restrictionOf = useRestrictions()
  const kind = kindAsked(search.get('kind'), data.readings)
  const span = spans.find((each) => each === search.get('span')) ?? 'last'
  const ours = data.readings.filter((each) => each.kind === kind)
  const limit = data.limits.find((each) => each.kind === kind)
  const linesOf = (agreed: ReadingLimit | undefined) =>
    (['low', 'high'] as const).flatMap((key) => {
      const value = agreed?.[key]
      return agreed && value !== undefined
        ? [{ value, words: words.limit(agreed, key), side: key }]
        : []
    })
  const open = openAlerts(data).toSorted((one) => (one.kind === kind ? -1 : 0))
  return (
    <>
      {data.paused ? <PausedNotice /> : null}
      <OlderNeedConnection person={person} />
      {open.map((alert, place) => (
        <AlertNotice
          key={`${alert.kind} ${alert.why === 'unit'}`}
          alert={alert}
          data={data}
          house={house}
          isFirst={place === 0}
        />
      ))}
      <div className="readings-choice">
        <SelectField
          label={t`Which reading`}
          value={kind}
          onChange={(next) => setSearch(new URLSearchParams({ kind: next }), { replace: true })}
          options={readingKinds.map((each) => ({ value: each, label: words.name(each) }))}
        />
        <SelectField
          label={t`How far back`}
          value={span}
          onChange={(next) =>
            setSearch(new URLSearchParams({ kind, span: next }), { replace: true })
          }
          options={[
            { value: 'last', label: t`The last 30 readings` },
            { value: 'quarter', label: t`Three months` },
            { value: 'year', label: t`One year` },
            { value: 'all', label: t`Since the first` },
          ]}
        />
      </div>
      <div className="gable-columns">
        <div>
          <Card title={words.name(kind)}>
            {ours.length === 0 ? (
              <EmptyState title={<Trans>No readings yet</Trans>} />
            ) : (
              <LineChart
                points={within(ours, span)}
                limits={linesOf(limit)}
                label={words.run(kind, ours.slice(-7))}
                words={(point) => words.point(kind, point)}
              />
            )}
            <FromDevices readings={within(ours, span)} />
            <p>{limit ? <LimitWords limit={limit} /> : <Trans>No limit has been agreed.</Trans>}</p>
            <RestrictedReadings
              restrictions={ours.flatMap(({ id }) => restrictionOf(`Observation/${id}`) ?? [])}
            />
            <Uncompared readings={data.uncompared.filter((each) => each.kind === kind)} />
          </Card>
          <PartTheyMaySee>
            <Suspense fallback={<Skeleton lines={4} />}>
              <WorriesSideBySide person={person} house={house} readings={data.readings} />
            </Suspense>
          </PartTheyMaySee>
          <PartTheyMaySee>
            <Suspense fallback={<Skeleton lines={4} />}>
              <OwnAmberCard person={person} name={house.givenName} />
            </Suspense>
          </PartTheyMaySee>
          <CloseAlertForm data={data} />
        </div>
        <aside>
          <Card title={<Trans>Add a reading</Trans>}>
            <ObservationForm key={kind} person={person} kind={kind} />
            <DeviceImport person={person} />
          </Card>
          {house.plan ? (
            <Card title={<Trans>Agree a limit</Trans>}>
              <LimitForm key={kind} plan={house.plan} kind={kind} limit={limit} />
            </Card>
          ) : null}
          <Card title={<Trans>Say how worried you are</Trans>}>
            <WorryForm person={person} name={house.givenName} />
          </Card>
        </aside>
      </div>
      {house.plan ? <TrendsWatched plan={house.plan} data={data} /> : null}
    </>
  )
}

/** The chart has no space for a label at each point: what applies to some of them is said below it. */
function RestrictedReadings({ restrictions }: { restrictions: readonly Restriction[] }) {
  if (restrictions.length === 0) return null
  return (
    <>
      <p>
        <Plural
          value={restrictions.length}
          one="# of these readings is restricted."
          other="# of these readings are restricted."
        />
      </p>
      <RestrictedMark restriction={restrictions.find(({ why }) => why) ?? restrictions[0]} />
    </>
  )
}

/** Which of the readings in the picture devices took. */
function FromDevices({ readings }: { readings: readonly Reading[] }) {
  const byDevice = Map.groupBy(
    readings.flatMap(({ device }) => device ?? []),
    (device) => device,
  )
  if (byDevice.size === 0) return null
  const names = [...byDevice].map(([device, all]) => `${device} (${all.length})`).join(', ')
  return (
    <p className="gable-meta">
      <Trans>
        Taken by devices: <bdi>{names}</bdi>
      </Trans>
    </p>
  )
}

/** Readings that the chart cannot show: they must not be missing without notice. */
function Uncompared({ readings }: { readings: readonly UncomparedReading[] }) {
  if (readings.length === 0) return null
  return (
    <>
      <h3>
        <Trans>Not in the chart: their unit or code cannot be compared</Trans>
      </h3>
      <ul className="gable-list">
        {readings.toReversed().map((each) => (
          <li key={each.id}>
            <bdi>{each.written}</bdi>, <DateText date={each.at} withTime={each.at.length > 10} />
          </li>
        ))}
      </ul>
    </>
  )
}

function PausedNotice() {
  return (
    <Notice tone="info" title={<Trans>The case is paused</Trans>}>
      <p>
        <Trans>
          Nobody is alerted about readings outside the limits. When the case restarts, the team is
          told about readings taken during the pause.
        </Trans>
      </p>
    </Notice>
  )
}

const spans = ['last', 'quarter', 'year', 'all'] as const
const daysBack = { quarter: 91, year: 366 } as const

/** The readings of a span; the last one at least, so that the picture is never empty without a reason. */
function within(readings: readonly Reading[], span: (typeof spans)[number]): readonly Reading[] {
  if (span === 'all') return readings
  if (span === 'last') return readings.slice(-30)
  const since = addDays(clockToday(), -daysBack[span])
  const near = readings.filter((each) => dayHere(each.at) >= since)
  return near.length > 0 ? near : readings.slice(-1)
}

function kindAsked(kind: string | null, readings: readonly Reading[]): ReadingKind {
  return readingKinds.find((each) => each === kind) ?? readings.at(-1)?.kind ?? 'weight'
}
