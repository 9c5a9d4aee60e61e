import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { timelineQueries } from '#client/queries/patient/timeline.ts'
import { type StoryKind, storyKinds } from '#domain/timeline/event.ts'
import { countKinds, filterStory, firstYears, foldByYear } from '#domain/timeline/fold.ts'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useSearch } from '#ui/layout/use-search.ts'
import { useKindLabels } from './kind-labels.ts'
import { ProfessionalNotes } from './professional-notes.tsx'
import { TimelineYear } from './timeline-year.tsx'

const step = 60

/** A person's record as the story of a life, newest year first. */
export function TimelinePage() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  return (
    <>
      <PageHeading
        title={t`The story so far`}
        lead={t`Everything in the record, newest first.`}
        actions={
          <LinkButton to={`/people/${person}/story/year`} variant="outline">
            <Trans>The year as a picture</Trans>
          </LinkButton>
        }
      />
      <Suspense fallback={<Skeleton lines={12} />}>
        <PartTheyMaySee>
          <ProfessionalNotes person={person} />
        </PartTheyMaySee>
        <Story />
      </Suspense>
    </>
  )
}

/** The filter is in the address, so that a link and the back button keep it; searched text is not. */
function useStoryView() {
  const [params, setParams] = useSearch()
  const [text, setText] = useState('')
  const chosen = params.getAll('kind')
  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params)
    edit(next)
    setParams(next, { replace: true, preventScrollReset: true })
  }
  return {
    kinds: storyKinds.filter((kind) => chosen.includes(kind)),
    text,
    shown: Number(params.get('show')) || step,
    chooseKinds: (kinds: readonly string[]) =>
      change((next) => {
        next.delete('kind')
        for (const kind of kinds) next.append('kind', kind)
      }),
    searchFor: setText,
    showMore: (count: number) => change((next) => next.set('show', String(count))),
  }
}

function Story() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data: events } = useSuspenseQuery(timelineQueries.ofPerson(person))
  const view = useStoryView()
  const found = filterStory(events, view)
  const years = foldByYear(found)
  const shown = firstYears(years, view.shown)
  const left = years.length - shown.length
  if (events.length === 0)
    return (
      <EmptyState title={t`Nothing here yet`}>
        <Trans>There are no visits, conditions, medicines or readings on the record.</Trans>
      </EmptyState>
    )
  return (
    <div className="story">
      <StoryFilter counts={countKinds(events)} view={view} />
      <div className="story-list">
        <p role="status" className="story-detail">
          <Plural value={found.length} one="# entry" other="# entries" />
        </p>
        {found.length === 0 && (
          <EmptyState title={t`Nothing matches`}>
            <Trans>Choose other types, or search for other words.</Trans>
          </EmptyState>
        )}
        {shown.map((year) => (
          <TimelineYear key={year.year ?? 'undated'} year={year} />
        ))}
        {left > 0 && (
          <Button variant="outline" onClick={() => view.showMore(view.shown + step)}>
            <Plural
              value={left}
              one="Show earlier: # more year"
              other="Show earlier: # more years"
            />
          </Button>
        )}
      </div>
    </div>
  )
}

type FilterProps = Readonly<{
  counts: ReadonlyMap<StoryKind, number>
  view: ReturnType<typeof useStoryView>
}>

function StoryFilter({ counts, view }: FilterProps) {
  const { t } = useLingui()
  const words = useKindLabels()
  return (
    <search className="story-filter">
      <TextField
        label={t`Search in the story`}
        name="story-search"
        value={view.text}
        onChange={view.searchFor}
      />
      <Checkboxes
        legend={t`Show only`}
        name="story-kinds"
        values={[...view.kinds]}
        options={storyKinds.flatMap((kind) => {
          const count = counts.get(kind)
          return count ? [{ value: kind, label: `${words[kind]} (${count})` }] : []
        })}
        onChange={view.chooseKinds}
      />
    </search>
  )
}
