import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { dayHere } from '#client/clock.ts'
import { licencesQuery } from '#client/queries/admin/licences.ts'
import { useSession } from '#client/session/session.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AddLibraryCard } from './add-library-card.tsx'
import { LicenceForm } from './licence-form.tsx'

/** Which licensed assessments may be used here, and who said so. */
export function LicencesPage() {
  const { t } = useLingui()
  const isAdmin = useSession(({ actor }) => actor?.role === 'admin')
  return (
    <>
      <PageHeading
        title={t`Licences of assessments`}
        lead={t`Some assessments belong to somebody. They can be asked here only after an administrator has said that your organisation may use them.`}
      />
      {isAdmin ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <Licences />
        </Suspense>
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>Only an administrator can say that a licensed assessment may be used.</Trans>
        </EmptyState>
      )}
    </>
  )
}

function Licences() {
  const { data } = useSuspenseQuery(licencesQuery)
  return (
    <>
      <AddLibraryCard missing={data.missing} all={data.free} />
      {data.licences.map((each) => (
        <OneLicence key={each.instrument.id} licence={each} />
      ))}
    </>
  )
}

type Licence = Awaited<ReturnType<NonNullable<typeof licencesQuery.queryFn>>>['licences'][number]

function OneLicence({ licence }: { licence: Licence }) {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const { instrument, said, version } = licence
  const { id, title, terms } = instrument
  const isUsable = said?.isUsable === true
  return (
    <Card title={title}>
      <p>{terms}</p>
      <p>
        {isUsable ? (
          <StateMark state="agreed">
            <Trans>May be used here</Trans>
          </StateMark>
        ) : (
          <StateMark state="missing">
            <Trans>Not available here until acknowledged</Trans>
          </StateMark>
        )}
      </p>
      {said && (
        <p className="gable-meta">
          {!isUsable && <Trans>Taken back.</Trans>} “{said.words}” · {said.by} ·{' '}
          <DateText date={dayHere(said.at)} />
        </p>
      )}
      {isOpen ? (
        <LicenceForm
          {...{ id, title, version }}
          takeBack={isUsable}
          onClose={() => setOpen(false)}
        />
      ) : (
        <Button
          variant="outline"
          aria-label={isUsable ? t`Take back: ${title}` : t`Say that you may use it: ${title}`}
          onClick={() => setOpen(true)}
        >
          {isUsable ? <Trans>Take back</Trans> : <Trans>Say that you may use it</Trans>}
        </Button>
      )}
    </Card>
  )
}
