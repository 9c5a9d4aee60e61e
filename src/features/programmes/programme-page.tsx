import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { Link, useParams } from 'react-router'
import { programmesQuery } from '#client/queries/programmes/programmes.ts'
import { useSession } from '#client/session/session.ts'
import type { Programme } from '#domain/programme/programme.ts'
import type { ProgrammeCounts } from '#domain/programme/programme-parameters.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { ContentText } from './content-text.tsx'
import { ProgrammeForm } from './programme-form.tsx'
import { checkLabels, reasonLabels } from './programme-labels.ts'
import { ProgrammePeople } from './programme-people.tsx'
import { Counts, Retired, ShownMeasure } from './programmes-page.tsx'

/** One programme: its definition, how many people are in it, and who. */
export function ProgrammePage() {
  return (
    <div>
      <FindNav />
      <Suspense fallback={<Skeleton lines={10} />}>
        <Whole />
      </Suspense>
    </div>
  )
}

function Whole() {
  const { t } = useLingui()
  const { programme: id = '' } = useParams()
  const identity = useSession(({ actor }) => actor?.identity ?? '')
  const isManager = useSession(({ actor }) => actor?.role === 'manager')
  const { data } = useSuspenseQuery(programmesQuery(identity))
  const [isChanging, setChanging] = useState(false)
  const found = data.programmes.find(({ programme }) => programme.id === id)
  if (!found)
    return (
      <EmptyState title={t`There is no such programme`}>
        <Link to="/find/programmes">
          <Trans>All programmes</Trans>
        </Link>
      </EmptyState>
    )
  const { programme, counts, mayChange } = found
  const all = data.programmes.map((each) => each.programme)
  return (
    <>
      <PageHeading title={programme.title} lead={programme.purpose} />
      <Retired programme={programme} />
      <Counts counts={counts} />
      {isManager ? null : (
        <Suspense fallback={<Skeleton lines={6} />}>
          <ProgrammePeople programme={programme} />
        </Suspense>
      )}
      {isChanging ? (
        <ProgrammeForm programme={programme} others={all} onClose={() => setChanging(false)} />
      ) : (
        <Definition programme={programme} all={all} counts={counts}>
          {mayChange ? (
            <Button variant="outline" onClick={() => setChanging(true)}>
              <Trans>Change the definition</Trans>
            </Button>
          ) : null}
        </Definition>
      )}
    </>
  )
}

type DefinitionProps = Readonly<{
  programme: Programme
  all: readonly Programme[]
  counts: ProgrammeCounts
  children: ReactNode
}>

function Definition({ programme, all, counts, children }: DefinitionProps) {
  const { i18n } = useLingui()
  const { criteria, pauses, ends, monthsWithoutContact, notWith, version, owner } = programme
  const titles = all.filter(({ id }) => notWith.includes(id)).map(({ title }) => title)
  return (
    <Card title={<Trans>How it is defined</Trans>}>
      <h3>
        <Trans>Who may enter</Trans>
      </h3>
      <ul>
        {criteria.map(({ words, check }) => (
          <li key={words}>
            {words}
            {check ? (
              <span className="gable-meta">
                {' '}
                ({i18n._(checkLabels[check.kind])} {check.value ?? check.words ?? ''})
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <h3>
        <Trans>What is planned, and for how many it was done</Trans>
      </h3>
      <Planned counts={counts} />
      <h3>
        <Trans>What pauses it, what ends it, and what it excludes</Trans>
      </h3>
      <ul>
        <li>
          <Trans>Pauses: {pauses.map((each) => i18n._(reasonLabels[each])).join(', ')}</Trans>
        </li>
        <li>
          <Trans>Ends: {ends.map((each) => i18n._(reasonLabels[each])).join(', ')}</Trans>
        </li>
        {monthsWithoutContact > 0 ? (
          <li>
            <Plural
              value={monthsWithoutContact}
              one="After # month without contact somebody asks whether it ends"
              other="After # months without contact somebody asks whether it ends"
            />
          </li>
        ) : null}
        {titles.length > 0 ? (
          <li>
            <Trans>Not at the same time as: {titles.join(', ')}</Trans>
          </li>
        ) : null}
      </ul>
      <p className="gable-meta">
        <Trans>
          Version {version}. Whoever was invited under an earlier version keeps it. People enter by
          a person’s decision, never automatically.
        </Trans>{' '}
        {owner ? <Trans>Owner: {owner.name}.</Trans> : null}
      </p>
      {children}
    </Card>
  )
}

function Planned({ counts }: { counts: ProgrammeCounts }) {
  const { t } = useLingui()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <section className="gable-scroll" tabIndex={0} aria-label={t`What is planned`}>
      <table className="gable-table">
        <thead>
          <tr>
            <th scope="col">{t`What is planned`}</th>
            <th scope="col" className="gable-number">{t`Done`}</th>
            <th scope="col" className="gable-number">{t`Partly done`}</th>
            <th scope="col" className="gable-number">{t`Not done`}</th>
            <th scope="col" className="gable-number">{t`Not recorded`}</th>
          </tr>
        </thead>
        <tbody>
          {counts.contents.map((content) => (
            <tr key={`${content.kind}${content.form ?? ''}${content.weeks}`}>
              <th scope="row">
                <ContentText content={content} />
                {content.earlier ? (
                  <span className="gable-meta">
                    {' '}
                    <Trans>in an earlier version</Trans>
                  </span>
                ) : null}
              </th>
              {([content.done, content.partly, content.notDone, content.notRecorded] as const).map(
                (measure, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: four columns in a fixed order
                  <td key={place} className="gable-number">
                    <ShownMeasure measure={measure} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
