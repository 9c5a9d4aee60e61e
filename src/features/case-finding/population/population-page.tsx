import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { populationQuery } from '#client/queries/monitoring/population.ts'
import { useSession } from '#client/session/session.ts'
import type { Population } from '#domain/population/population-parameters.ts'
import { fewestPeople } from '#domain/population/pyramid.ts'
import { ExportDialog } from '#features/parts/find/export-dialog.tsx'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { NotLoaded } from '#features/parts/find/not-loaded.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useSearch } from '#ui/layout/use-search.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { countIn } from './count.tsx'
import { GroupsStep } from './groups-step.tsx'
import { HonestyStep } from './honesty-step.tsx'
import { FairnessStep } from './line/fairness-step.tsx'
import { PlacesStep } from './line/places-step.tsx'
import { MissingStep } from './missing-step.tsx'
import { NeedStep } from './need-step.tsx'

/** From everybody to a few names, as one argument in numbered sentences, each with its proof beside it. */
export function PopulationPage() {
  const { tried, onTry } = useTried()
  const { data, error, refetch, isFetching } = useQuery({
    ...populationQuery(useDeferredValue(tried)),
    placeholderData: (before) => before,
  })
  return (
    <div className="population">
      <FindNav />
      {data ? (
        <Argument population={data} {...{ tried, onTry }} />
      ) : (
        <>
          <PopulationHeading />
          {error ? (
            <NotCounted error={error} pending={isFetching} again={() => void refetch()} />
          ) : (
            <Skeleton lines={12} atOnce />
          )}
        </>
      )}
    </div>
  )
}

function PopulationHeading({ population }: { population?: Population }) {
  const { t, i18n } = useLingui()
  const organisation = useSession(({ actor }) => actor?.organisationName)
  const total = population && !population.tooFew ? countIn(population.total) : undefined
  return (
    <PageHeading
      title={
        total === undefined
          ? t`Whom could we help most?`
          : t`Of ${i18n.number(total)} people, whom could we help most?`
      }
      caption={
        <>
          {organisation}
          {population?.countedOn ? (
            <>
              {' · '}
              <Trans>
                counted on <DateText date={population.countedOn} />
              </Trans>
            </>
          ) : null}
        </>
      }
      lead={t`Six steps, from everybody to a few names. Each can be argued with: open its table, or change it and see who comes and goes.`}
    />
  )
}

type ArgumentProps = Readonly<{
  population: Population
  tried: number | undefined
  onTry: (places: number | undefined) => void
}>

function Argument({ population, tried, onTry }: ArgumentProps) {
  const { t } = useLingui()
  if (population.tooFew)
    return (
      <>
        <PopulationHeading population={population} />
        <EmptyState title={t`Too few people to say anything`}>
          <p>
            <Trans>
              You can see fewer than {fewestPeople} people. Shares of so few say nothing, and could
              tell who somebody is.
            </Trans>
          </p>
        </EmptyState>
      </>
    )
  return (
    <>
      <PopulationHeading population={population} />
      {population.rounded ? (
        <p className="population__meta">
          <Trans>
            You see numbers only: rounded to the nearest five, and none below five, so that neither
            a number nor the difference between two could tell who somebody is.
          </Trans>
        </p>
      ) : (
        <p className="population__printed">
          <Trans>Small numbers stand here. For the team that looks after these people only.</Trans>
        </p>
      )}
      <NeedStep population={population} />
      <GroupsStep population={population} />
      <PlacesStep {...{ population, tried, onTry }} />
      <FairnessStep population={population} />
      <MissingStep population={population} />
      <HonestyStep population={population} />
      <So population={population} />
      {population.rounded ? <ExportCounts /> : null}
    </>
  )
}

/** Whoever sees rounded numbers takes them away as they are here. */
function ExportCounts() {
  const [open, setOpen] = useState(false)
  return (
    <p>
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Download the counts</Trans>
      </Button>
      {open ? <ExportDialog filters={undefined} onClose={() => setOpen(false)} /> : null}
    </p>
  )
}

/** What follows: so many people to call, beginning with one. */
function So({ population: { selected, first, rounded } }: { population: Population }) {
  if (selected === 0) return null
  const name = [first?.given, first?.family].filter(Boolean).join(' ')
  return (
    <section className="population__so">
      <div>
        <h2>
          {rounded || !name ? (
            <Plural value={selected} one="So: # person to call" other="So: # people to call" />
          ) : (
            <Plural
              value={selected}
              one={`So: # person to call, ${name}`}
              other={`So: # people to call, beginning with ${name}`}
            />
          )}
        </h2>
        <p>
          <Trans>A score starts a conversation. It decides nothing.</Trans>
        </p>
      </div>
      {rounded ? null : (
        <LinkButton to="/find?order=line">
          <Trans>Open the list in this order</Trans>
        </LinkButton>
      )}
    </section>
  )
}

function NotCounted(props: Readonly<{ error: unknown; pending: boolean; again: () => void }>) {
  const { t } = useLingui()
  const { error, pending, again } = props
  const kind = error instanceof FhirError ? error.kind : undefined
  if (kind === 'not-downloaded' || kind === 'offline')
    return (
      <EmptyState
        title={t`No internet connection`}
        actions={
          <Button variant="outline" pending={pending} onClick={again}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        <p>
          <Trans>
            Counting everybody needs an internet connection. People you downloaded are on the Today
            page.
          </Trans>
        </p>
      </EmptyState>
    )
  if (kind === 'forbidden')
    return (
      <EmptyState title={t`Not part of your role`}>
        <p>
          <Trans>Only people who look after others, and managers, can see this page.</Trans>
        </p>
      </EmptyState>
    )
  return <NotLoaded title={t`The population could not be loaded`} {...{ error, pending, again }} />
}

/** The places that are tried are in the address too: it can be shared, and nothing is saved. */
function useTried() {
  const [search, setSearch] = useSearch()
  const asked = search.get('places') ?? ''
  const [seen, setSeen] = useState(asked)
  const [written] = useState(() => new Set<string>())
  const [tried, setTried] = useState(triedIn(asked))
  // our own steps come back late from the address: a slider that waited for them would lose some
  if (asked !== seen) {
    setSeen(asked)
    if (!written.has(asked)) setTried(triedIn(asked))
  }
  const onTry = (places: number | undefined) => {
    setTried(places)
    written.add(String(places ?? ''))
    const next = new URLSearchParams(search)
    if (places === undefined) next.delete('places')
    else next.set('places', String(places))
    setSearch(next, { preventScrollReset: true, replace: true })
  }
  return { tried, onTry }
}

const triedIn = (asked: string) =>
  /^\d{1,5}$/.test(asked) ? Math.min(10_000, Number(asked)) : undefined
