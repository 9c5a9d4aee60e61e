import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { safeguardingQuery } from '#client/queries/social-care/safeguarding.ts'
import { useSession } from '#client/session/session.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { ConcernView } from './concern-view.tsx'
import { RaiseConcernForm } from './raise-concern-form.tsx'

/** Concerns about somebody’s safety (Care Act 2014, section 42), as far as this reader may know of them. */
export function SafeguardingPage() {
  const { t } = useLingui()
  return (
    <div className="carers">
      <PageHeading
        title={t`Safeguarding`}
        lead={t`A concern goes to the social workers of this person. It is in no search, letter, download or meeting. Gable keeps who has read it.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Concerns />
      </Suspense>
    </div>
  )
}

function Concerns() {
  const { person = '' } = useParams()
  const identity = useSession((session) => session.actor?.identity ?? '')
  const { data: concerns } = useSuspenseQuery(safeguardingQuery(identity, person))
  const [raising, setRaising] = useState(false)
  const [reached, setReached] = useState<boolean>()
  return (
    <>
      {concerns.length === 0 && !raising ? (
        <p>
          <Trans>There is no concern here that you may read.</Trans>
        </p>
      ) : null}
      {reached === undefined ? null : <RaisedNote reached={reached} />}
      {raising ? (
        <section className="gable-section" aria-labelledby="raise">
          <h2 id="raise">
            <Trans>Raise a concern</Trans>
          </h2>
          <RaiseConcernForm
            person={person}
            onClose={() => setRaising(false)}
            onRaised={(isRead) => {
              setRaising(false)
              setReached(isRead)
            }}
          />
        </section>
      ) : (
        <Button onClick={() => setRaising(true)}>
          <Trans>Raise a concern</Trans>
        </Button>
      )}
      {concerns.map((concern) => (
        <ConcernView key={concern.id} concern={concern} />
      ))}
    </>
  )
}

/** Who reads what was raised; if nobody does, what to do now. */
function RaisedNote({ reached }: { reached: boolean }) {
  const { t } = useLingui()
  return reached ? (
    <Notice tone="done" title={t`The concern is raised`}>
      <Trans>The social workers of this person read it.</Trans>
    </Notice>
  ) : (
    <Notice tone="danger" title={t`The concern is kept, and nobody reads it yet`}>
      <Trans>
        No social worker of this person’s care is here today, or the only one may be a source of
        harm. Call the council’s safeguarding team now.
      </Trans>
    </Notice>
  )
}
