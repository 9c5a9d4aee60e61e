import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'
import { contactSheetQuery } from '#client/queries/patient/contact-sheet.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { useSession } from '#client/session/session.ts'
import type { ContactSheet } from '#domain/person/contact-sheet.ts'
import { contactIn } from '#domain/person/named-contact.ts'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { CallList } from '#ui/layout/call-list.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { CareHomeCard } from './care-home-card.tsx'
import { DetailsCard } from './details-card.tsx'

/** How to reach the person, who to call next, and how to reach the team. Prints on one page. */
export function ContactSheetPage() {
  const { t } = useLingui()
  return (
    <div className="contact-sheet">
      <PageHeading title={t`Contact details`} />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Sheet />
      </Suspense>
    </div>
  )
}

function Sheet() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data: sheet } = useSuspenseQuery(contactSheetQuery(person))
  const { data: banner } = useSuspenseQuery(patientQuery(person))
  const { given = '', family = '' } = banner.person
  const me = useSession(({ actor }) => (actor?.practitioner ? actor : undefined))
  return (
    <>
      <DetailsCard
        title={<Trans>The person</Trans>}
        editable={[{ owner: `Patient/${person}`, name: `${given} ${family}`.trim() }]}
      >
        <CallList
          lines={[{ key: 'person', name: `${given} ${family}`.trim(), numbers: sheet.phones }]}
        />
        <Written sheet={sheet} />
      </DetailsCard>
      <CareHomeCard
        {...{ person, home: sheet.home, changed: sheet.numbersChanged }}
        mayWrite={me !== undefined}
      />
      <DetailsCard
        title={<Trans>Next of kin and carers</Trans>}
        // the numbers of a home are those of all who live there: they are changed above
        editable={withoutHome(sheet).map(({ id, name }) => ({
          ...{ owner: id, name: name || t`contact with no name` },
          // for a contact in the person's own record the sheet shows only numbers
          ...(contactIn(id) ? { kinds: ['phone', 'email'] as const } : {}),
        }))}
      >
        <Others sheet={sheet} />
      </DetailsCard>
      <DetailsCard
        title={<Trans>The care team</Trans>}
        editable={
          me
            ? [
                {
                  ...{ owner: `Practitioner/${me.practitioner}`, name: me.name, isMe: true },
                  kinds: ['phone', 'email'],
                },
              ]
            : []
        }
      >
        <PartTheyMaySee>
          <Team person={person} />
        </PartTheyMaySee>
      </DetailsCard>
    </>
  )
}

const withoutHome = ({ others, home }: ContactSheet) =>
  others.filter(({ name }) => !home?.place || name !== home.name)

/** Where post and messages go. */
function Written({ sheet }: { sheet: ContactSheet }) {
  return (
    <dl className="gable-facts">
      <dt>
        <Trans>Address</Trans>
      </dt>
      {sheet.addresses.length === 0 ? (
        <dd>
          <Trans>No address recorded</Trans>
        </dd>
      ) : (
        sheet.addresses.map((lines) => (
          <dd key={lines.join()} className="contact-sheet__address">
            {lines.join('\n')}
          </dd>
        ))
      )}
      {sheet.emails.length > 0 ? (
        <>
          <dt>
            <Trans>Email</Trans>
          </dt>
          {sheet.emails.map(({ value }) => (
            <dd key={value}>
              <a href={`mailto:${encodeURIComponent(value)}`}>{value}</a>
            </dd>
          ))}
        </>
      ) : null}
    </dl>
  )
}

function Others({ sheet }: { sheet: ContactSheet }) {
  if (sheet.others.length === 0)
    return <EmptyState title={<Trans>No next of kin or carer is recorded</Trans>} />
  return (
    <CallList
      lines={sheet.others.map(({ id, name, relation, phones }) => ({
        ...{ key: id, name: name || <Trans>No name recorded</Trans>, note: relation },
        numbers: phones,
      }))}
    />
  )
}

function Team({ person }: { person: string }) {
  const { data: team } = useSuspenseQuery(careTeamQuery(person))
  const staff = (team?.members ?? []).filter(({ who }) => who.voice === 'professional')
  if (staff.length === 0) return <EmptyState title={<Trans>No team yet</Trans>} />
  return (
    <CallList
      lines={staff.map(({ who, role, organisation, telephone }) => ({
        ...{ key: who.reference, name: who.name || who.reference },
        note: [role, organisation].filter(Boolean).join(', '),
        numbers: telephone ? [{ value: telephone, use: '' }] : [],
      }))}
    />
  )
}
