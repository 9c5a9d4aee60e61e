import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { registrationQuery } from '#client/queries/coordination/hand-over.ts'
import { useSession } from '#client/session/session.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { HandOver } from '#domain/team/hand-over.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { AnswerHandOver } from './answer-hand-over.tsx'
import { AskToTakeOn } from './ask-to-take-on.tsx'
import { EarlierHandOverCard, WaitingHandOverCard } from './hand-over-card.tsx'

/** Where the person is registered, and handing their care to another practice: asked by one, answered by the other. */
export function HandOverPage() {
  const { t } = useLingui()
  return (
    <div className="hand-over">
      <PageHeading
        title={t`Change of practice`}
        lead={t`One practice asks, and the other accepts. Nothing changes until then.`}
      />
      <Suspense fallback={<Skeleton lines={6} />}>
        <Registration />
      </Suspense>
    </div>
  )
}

function Registration() {
  const { person = '' } = useParams()
  const { data } = useSuspenseQuery(registrationQuery(person))
  const { waiting } = data
  const earlier = data.handOvers.filter(({ state }) => state !== 'asked')
  return (
    <>
      <RegisteredWith practices={data.registered} />
      {waiting ? <Waiting {...{ waiting, data }} /> : <Asking {...{ person, data }} />}
      {earlier.length > 0 ? (
        <section className="gable-section" aria-labelledby="hand-over-earlier">
          <h2 id="hand-over-earlier">
            <Trans>Earlier requests</Trans>
          </h2>
          <ul className="hand-over-list">
            {earlier.map((each) => (
              <EarlierHandOverCard key={each.id} handOver={each} />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

function RegisteredWith({ practices }: { practices: readonly Who[] }) {
  const names = practices.map(({ name, reference }) => name || reference).join(', ')
  return (
    <p className="hand-over-now">
      {names ? (
        <Trans>
          Registered with <strong>{names}</strong>
        </Trans>
      ) : (
        <Trans>No practice is recorded</Trans>
      )}
    </p>
  )
}

export type Registered = Awaited<
  ReturnType<NonNullable<ReturnType<typeof registrationQuery>['queryFn']>>
>

/** The signed-in user's organisation, as a reference; an administrator may act for either side. */
function useMine(): (practice: string) => boolean {
  const actor = useSession((session) => session.actor)
  return (practice) =>
    actor?.role === 'admin' || practice === `Organization/${actor?.organisation ?? ''}`
}

function Waiting({ waiting, data }: Readonly<{ waiting: HandOver; data: Registered }>) {
  const isMine = useMine()
  return (
    <>
      <WaitingHandOverCard handOver={waiting} mayTakeBack={isMine(waiting.by.reference)} />
      {isMine(waiting.to.reference) ? (
        <AnswerHandOver handOver={waiting} stays={data.stays(waiting.by.reference)} />
      ) : null}
    </>
  )
}

function Asking({ person, data }: Readonly<{ person: string; data: Registered }>) {
  const { t } = useLingui()
  const isMine = useMine()
  const own = useSession(({ actor }) => actor?.organisation)
  const by =
    data.registered.find(({ reference }) => isMine(reference)) ??
    // for a person without a practice, the organisation that brought them in: the service knows which
    (data.registered.length === 0
      ? data.practices.find(({ reference }) => reference === `Organization/${own ?? ''}`)
      : undefined)
  if (by)
    return (
      <AskToTakeOn
        {...{ person, by }}
        practices={data.practices}
        stays={data.stays(by.reference)}
      />
    )
  return (
    <EmptyState title={t`Only the person’s practice can ask`}>
      <p>
        <Trans>
          The practice where the person is registered, or an administrator, can hand over their
          care. Ask them.
        </Trans>
      </p>
    </EmptyState>
  )
}
