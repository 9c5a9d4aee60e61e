import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { consentQueries } from '#client/queries/consent/consents.ts'
import { registrationQuery } from '#client/queries/coordination/hand-over.ts'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AccessLogTable } from './access-log-table.tsx'
import { CopyForPerson } from './copy-for-person.tsx'
import { FullCopy } from './full-copy.tsx'
import { OptOuts } from './opt-outs.tsx'
import { PracticeAsPatient } from './practice-as-patient.tsx'
import { ShareList } from './share-list.tsx'
import { ViewerAccess } from './viewer-access.tsx'

/** Who may see this person’s record, and who has. */
export function SharingPage() {
  const { t } = useLingui()
  return (
    <div className="sharing">
      <PageHeading
        title={t`Who can see this, and who has looked`}
        lead={t`The person sees the same list, in plain words.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Sharing />
      </Suspense>
    </div>
  )
}

function Sharing() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { data: sharing } = useSuspenseQuery(consentQueries.shares(person))
  const { data: log } = useSuspenseQuery(consentQueries.whoLooked(person))
  return (
    <>
      <section aria-labelledby="sharing-team">
        <h2 id="sharing-team">
          <Trans>The team</Trans>
        </h2>
        {house.team.length === 0 ? (
          <EmptyState title={t`No team yet`}>
            <Trans>The team begins when someone takes the person on.</Trans>
          </EmptyState>
        ) : (
          <ul className="sharing-list">
            {house.team.map(({ who, role }) => (
              <li key={`${who.reference}-${role}`}>
                <strong>{who.name || who.reference}</strong> <span>{role}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <PartTheyMaySee>
        <RegisteredHere person={person} />
      </PartTheyMaySee>
      <section aria-labelledby="sharing-close">
        <h2 id="sharing-close">
          <Trans>Shared with family and friends</Trans>
        </h2>
        <ShareList {...sharing} />
      </section>
      <PartTheyMaySee>
        <OptOuts person={person} />
      </PartTheyMaySee>
      <PartTheyMaySee>
        <AccessHistory person={person} />
      </PartTheyMaySee>
      <section aria-labelledby="sharing-looked">
        <h2 id="sharing-looked">
          <Trans>Who looked</Trans>
        </h2>
        {log ? (
          <AccessLogTable log={log} />
        ) : (
          <EmptyState title={t`You cannot see this page`}>
            <Trans>Only the person and their care team can see who has looked.</Trans>
          </EmptyState>
        )}
      </section>
      <ViewerAccess />
      <CopyForPerson person={person} />
      <FullCopy person={person} />
      <PracticeAsPatient person={person} name={house.givenName} />
    </>
  )
}

/** Which practice the person is registered with, and the way to hand the person over. */
function RegisteredHere({ person }: { person: string }) {
  const { data } = useSuspenseQuery(registrationQuery(person))
  const names = data.registered.map(({ name, reference }) => name || reference).join(', ')
  const { waiting } = data
  return (
    <section aria-labelledby="sharing-practice">
      <h2 id="sharing-practice">
        <Trans>The practice</Trans>
      </h2>
      <p>
        {names ? (
          <Trans>
            Registered with <strong>{names}</strong>. Everyone who works there can see this record,
            except what is restricted.
          </Trans>
        ) : (
          <Trans>No practice is recorded.</Trans>
        )}
      </p>
      {waiting ? (
        <p>
          <StateMark state="due">
            <Trans>
              {waiting.by.name} asks {waiting.to.name} to take this person on
            </Trans>
          </StateMark>
        </p>
      ) : null}
      <LinkButton to={`/people/${person}/hand-over`} variant="outline">
        {waiting ? <Trans>Open</Trans> : <Trans>Change of practice</Trans>}
      </LinkButton>
    </section>
  )
}

const atOnce = 10

/** How access to this person has changed: who gained and lost it, by whom and when. */
function AccessHistory({ person }: { person: string }) {
  const { t } = useLingui()
  const { data: news } = useSuspenseQuery(consentQueries.accessNews(person))
  const [shown, setShown] = useState(atOnce)
  return (
    <section aria-labelledby="sharing-changes">
      <h2 id="sharing-changes">
        <Trans>Changes to who can see this</Trans>
      </h2>
      {news.length === 0 ? (
        <EmptyState title={t`No changes yet`}>
          <Trans>When someone gets or loses access to this record, it is listed here.</Trans>
        </EmptyState>
      ) : (
        <ul className="sharing-list">
          {news.slice(0, shown).map(({ id, words, by, at }) => (
            <li key={id}>
              <p>{words}</p>
              <p className="sharing-meta">
                {by.name}, <DateText date={at} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {news.length > shown ? (
        <Button variant="outline" onClick={() => setShown(shown + atOnce)}>
          <Trans>Show earlier</Trans>
        </Button>
      ) : null}
    </section>
  )
}
