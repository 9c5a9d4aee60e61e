import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { optOutsQuery, sayNo, takeNoBack } from '#client/queries/consent/opt-outs.ts'
import { useSession } from '#client/session/session.ts'
import { type OptOutKind, optOutKinds } from '#domain/opt-out/is-opt-out.ts'
import { lastSaid, type OptOut } from '#domain/opt-out/opt-out.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { TimelineDate } from '#features/parts/timeline-date.tsx'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'

/** The person’s own page: what they said no to, what each no means, and the way back. */
export function MyOptOutsPage() {
  const { t } = useLingui()
  const person = useSession(({ actor }) => actor?.person)
  if (!person)
    return (
      <EmptyState title={t`This is not shared with you`}>
        <Trans>Only the person whose plan it is can say no here.</Trans>
      </EmptyState>
    )
  return (
    <div className="who-looked">
      <PageHeading
        title={t`What I said no to`}
        lead={t`You can say no to each of these. Your care stays the same. You can change your mind on any day.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <OptOuts person={person} />
      </Suspense>
      <BackToHouse isOwn />
    </div>
  )
}

function OptOuts({ person }: { person: string }) {
  const { data: optOuts } = useSuspenseQuery(optOutsQuery(person))
  return optOutKinds.map((kind) => <OneOptOut key={kind} {...{ kind, person, optOuts }} />)
}

type OneProps = Readonly<{ kind: OptOutKind; person: string; optOuts: readonly OptOut[] }>

function OneOptOut({ kind, person, optOuts }: OneProps) {
  const { t } = useLingui()
  const saving = useSaveState()
  const said = lastSaid(optOuts, kind)
  const titles = useTitles()
  const title = titles[kind]
  const no = async () => {
    const done = await saving.run(() => sayNo({ person, kind }))
    if (done) toast(t`Saved. You said no.`)
  }
  const back = async () => {
    const done = await saving.run(() => takeNoBack({ person, kind }, optOuts))
    if (done) toast(t`Saved. You took your no back.`)
  }
  return (
    <section aria-labelledby={`no-${kind}`}>
      <h2 id={`no-${kind}`}>{title}</h2>
      <ul>
        <li>
          <WhatItMeans kind={kind} />
          <p>
            <strong>
              <WhatWasSaid said={said} />
            </strong>
          </p>
          <NotSaved problem={saving.problem} />
          {said?.stands ? (
            <Button
              variant="outline"
              pending={saving.pending}
              aria-label={t`I take my no back: ${title}`}
              onClick={() => void back()}
            >
              <Trans>I take my no back</Trans>
            </Button>
          ) : (
            <Button
              variant="outline"
              pending={saving.pending}
              aria-label={t`I say no: ${title}`}
              onClick={() => void no()}
            >
              <Trans>I say no</Trans>
            </Button>
          )}
        </li>
      </ul>
    </section>
  )
}

function useTitles(): Readonly<Record<OptOutKind, string>> {
  const { t } = useLingui()
  return {
    planning: t`My records for planning and research`,
    finding: t`Being looked for`,
    case: t`One person who arranges my care`,
  }
}

function WhatItMeans({ kind }: { kind: OptOutKind }) {
  const words: Readonly<Record<OptOutKind, readonly [about: ReactNode, after: ReactNode]>> = {
    planning: [
      <Trans key="about">
        Services count people to plan care, and to find out what helps. They use records for this.
      </Trans>,
      <Trans key="after">
        If you say no, you are not counted here. The people who care for you still use your record.
        If one person arranges your care, you still count as one of the people they look after. To
        say no in all of the NHS, ask your practice about the national data opt-out.
      </Trans>,
    ],
    finding: [
      <Trans key="about">
        Nurses look for people who may soon need more help. They look in lists that a computer
        makes.
      </Trans>,
      <Trans key="after">
        If you say no, you are on none of these lists. You can still ask for help, and you still get
        it.
      </Trans>,
    ],
    case: [
      <Trans key="about">
        One person can look after your whole plan and talk to all your services for you.
      </Trans>,
      <Trans key="after">
        If you say no, nobody will start this. If somebody does this for you now, they will talk
        with you and then stop. Your doctor and nurses still care for you.
      </Trans>,
    ],
  }
  const [about, after] = words[kind]
  return (
    <>
      <p className="who-looked-share">{about}</p>
      <p className="who-looked-share">{after}</p>
    </>
  )
}

function WhatWasSaid({ said }: { said: OptOut | undefined }) {
  if (!said) return <Trans>You have not said no.</Trans>
  const day = said.at ? <TimelineDate at={said.at} /> : null
  if (!said.stands) return <Trans>You took your no back. {day}</Trans>
  if (said.toldHow === 'elsewhere')
    return <Trans>Another service told us that you said no. {day}</Trans>
  const { writtenBy } = said
  if (writtenBy)
    return (
      <Trans>
        {writtenBy.name} wrote down that you said no. {day}
      </Trans>
    )
  return <Trans>You said no. {day}</Trans>
}
