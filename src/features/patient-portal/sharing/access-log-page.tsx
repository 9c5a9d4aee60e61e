import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useCancellableTask } from '#client/forms/use-cancellable-task.ts'
import { saveRecordCopy } from '#client/queries/admin/exports-and-backups.ts'
import { consentQueries, type WhoLooked } from '#client/queries/consent/consents.ts'
import { useSession } from '#client/session/session.ts'
import { type AccessEntry, accessKey } from '#domain/audit/access-summary.ts'
import type { Who } from '#domain/plan/plan.ts'
import { AccessDeedWords } from '#features/parts/access/access-deed-words.tsx'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { Comma } from '#features/parts/language/comma.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { DayText } from '#features/patient-portal/day-text.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { RoleName } from '#ui/text/role-name.tsx'
import { MyPractice } from './my-practice.tsx'
import { SharedByMe } from './shared-by-me.tsx'
import { WaitingShares } from './waiting-shares.tsx'

/** The person’s own view: who has looked at my plan, and who may. */
export function AccessLogPage() {
  const { t } = useLingui()
  const person = useSession(({ actor }) => actor?.person ?? actor?.caresFor?.[0]?.person)
  const isOwn = useSession(({ actor }) => actor?.person !== undefined)
  return (
    <div className="who-looked">
      <PageHeading
        title={t`Who has looked`}
        lead={t`Each time someone opens your record, you can see it here.`}
      />
      {person && (
        <Suspense fallback={<Skeleton lines={8} />}>
          <AccessLog person={person} />
        </Suspense>
      )}
      <BackToHouse isOwn={isOwn} />
    </div>
  )
}

function AccessLog({ person }: { person: string }) {
  const { t } = useLingui()
  const isOwn = useSession(({ actor }) => actor?.person === person)
  const { data: log } = useSuspenseQuery(consentQueries.whoLooked(person))
  const { data: sharing } = useSuspenseQuery(consentQueries.shares(person))
  const { shares, waiting, writers } = sharing
  const others = (log?.entries ?? []).filter((entry) => !(isOwn && entry.role === 'person'))
  return (
    <>
      {isOwn && <WaitingShares {...{ waiting, writers, person }} />}
      {!log && (
        <EmptyState title={t`This is not shared with you`}>
          <Trans>The person whose plan it is can see who has looked.</Trans>
        </EmptyState>
      )}
      {log && others.length === 0 && (
        <EmptyState title={t`Nobody else has looked yet`}>
          <Trans>When someone does, it will be listed here.</Trans>
        </EmptyState>
      )}
      {log && others.length > 0 && <AccessDays entries={others} {...{ log, isOwn }} />}
      <SharedByMe {...{ shares, writers, isOwn, person }} />
      <PartTheyMaySee>
        <MyAccessHistory person={person} />
      </PartTheyMaySee>
      {isOwn && <MyPractice person={person} />}
      {isOwn && <DownloadMyRecord person={person} />}
      <p>
        {isOwn ? (
          <Trans>
            Does something here look wrong? Tell the person who looks after your plan. They will
            find out and call you.
          </Trans>
        ) : (
          <Trans>
            Does something here look wrong? Tell the person whose plan it is, or the person who
            looks after it.
          </Trans>
        )}
      </p>
    </>
  )
}

type AccessDaysProps = Readonly<{ entries: readonly AccessEntry[]; log: WhoLooked; isOwn: boolean }>

function AccessDays({ entries, log, isOwn }: AccessDaysProps) {
  const { i18n } = useLingui()
  const [shown, setShown] = useState(7)
  const days = [...Map.groupBy(entries, (entry) => entry.day)]
  const left = days.length - shown
  return (
    <>
      {days.slice(0, shown).map(([day, onDay]) => (
        <section key={day} aria-labelledby={`looked-${day}`}>
          <h2 id={`looked-${day}`}>
            <bdi>
              {i18n.date(new Date(`${day}T00:00:00Z`), {
                ...{ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' },
              })}
            </bdi>
          </h2>
          <ul>
            {onDay.map((entry) => (
              <AccessLine key={accessKey(entry)} {...{ entry, log, isOwn }} />
            ))}
          </ul>
        </section>
      ))}
      {left > 0 && (
        <Button variant="outline" onClick={() => setShown(shown + 7)}>
          <Plural value={left} one="Show # more day" other="Show # more days" />
        </Button>
      )}
    </>
  )
}

type AccessLineProps = Readonly<{ entry: AccessEntry; log: WhoLooked; isOwn: boolean }>

function AccessLine({ entry, log, isOwn }: AccessLineProps) {
  const organisation = entry.organisation && log.organisations.get(entry.organisation)
  return (
    <li>
      <p>
        <strong>{entry.name}</strong>{' '}
        {entry.deed ? (
          <AccessDeedWords deed={entry.deed} until={entry.until} />
        ) : isOwn ? (
          <Done way={entry.way} />
        ) : (
          <DoneToAnother way={entry.way} />
        )}
        {(entry.way === 'emergency' || entry.way === 'card') && entry.reason && (
          <>
            {' '}
            <Trans>
              The reason they gave: <OwnText>{entry.reason}</OwnText>
            </Trans>
          </>
        )}
        {entry.way === 'access' && entry.reason && (
          <>
            {' '}
            <OwnText>{entry.reason}</OwnText>
          </>
        )}
      </p>
      <p className="who-looked-role">
        <RoleName role={entry.role} />
        {organisation && `, ${organisation}`}
      </p>
    </li>
  )
}

function Done({ way }: Pick<AccessEntry, 'way'>) {
  if (way === 'looked') return <Trans>looked at your plan and record.</Trans>
  if (way === 'changed') return <Trans>wrote in your plan or record.</Trans>
  if (way === 'emergency') return <Trans>opened your record in an emergency.</Trans>
  if (way === 'card')
    return <Trans>opened your emergency card by its link. We cannot check who it was.</Trans>
  if (way === 'access') return <Trans>changed who can see your plan and record.</Trans>
  return <Trans>tried to open your record and was refused.</Trans>
}

/** For a carer, who reads it about somebody else's record. */
function DoneToAnother({ way }: Pick<AccessEntry, 'way'>) {
  if (way === 'looked') return <Trans>looked at the plan and record.</Trans>
  if (way === 'changed') return <Trans>wrote in the plan or record.</Trans>
  if (way === 'emergency') return <Trans>opened the record in an emergency.</Trans>
  if (way === 'card')
    return <Trans>opened the emergency card by its link. We cannot check who it was.</Trans>
  if (way === 'access') return <Trans>changed who can see the plan and record.</Trans>
  return <Trans>tried to open the record and was refused.</Trans>
}

/** The person's own copy of their record: a page to read, and files for another service. */
function DownloadMyRecord({ person }: { person: string }) {
  const { t } = useLingui()
  const { state, start } = useCancellableTask(() => saveRecordCopy(person))
  return (
    <section aria-labelledby="take-copy">
      <h2 id="take-copy">
        <Trans>Take a copy of my record</Trans>
      </h2>
      <p>
        <Trans>
          You get one file with everything you can see here, earlier versions, and who has looked.
          Open the page called “record” in it to read it. Keep the file safe: it contains private
          information about you.
        </Trans>
      </p>
      <Button variant="outline" pending={state === 'going'} onClick={start}>
        {state === 'going' ? <Trans>Making the copy</Trans> : <Trans>Take a copy</Trans>}
      </Button>
      {state === 'done' && <Notice tone="done" title={t`Your copy is saved on this device.`} />}
      {state === 'failed' && (
        <Notice tone="warning" title={t`The copy could not be made. Please try again.`} />
      )}
    </section>
  )
}

const atOnce = 5

/** In plain words: who can see the plan since when, who no longer can, and who changed that. */
function MyAccessHistory({ person }: { person: string }) {
  const { data: news } = useSuspenseQuery(consentQueries.accessNews(person))
  const [shown, setShown] = useState(atOnce)
  const left = news.length - shown
  if (news.length === 0) return null
  return (
    <section aria-labelledby="my-access">
      <h2 id="my-access">
        <Trans>What has changed</Trans>
      </h2>
      <p>
        <Trans>Each time someone can see the plan and record, or no longer can.</Trans>
      </p>
      <ul>
        {news.slice(0, shown).map(({ id, words, by, at }) => (
          <li key={id}>
            <p>
              <OwnText>{words}</OwnText>
            </p>
            <p className="who-looked-role">
              <ByWhom by={by} />
              <Comma />
              <DayText at={at} />
            </p>
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <Button variant="outline" onClick={() => setShown(shown + atOnce)}>
          <Plural value={left} one="Show # earlier change" other="Show # earlier changes" />
        </Button>
      ) : null}
    </section>
  )
}

function ByWhom({ by }: { by: Who }) {
  const { t } = useLingui()
  const isMe = useSession(({ actor }) => by.reference === `Patient/${actor?.person ?? ''}`)
  return isMe ? t`You changed this` : t`${by.name} changed this`
}
