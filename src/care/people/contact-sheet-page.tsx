import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { contactSheetQuery } from '#data/contact-sheet.ts'
import { personQuery } from '#data/person.ts'
import { teamQuery } from '#data/team.ts'
import { CallList } from '#design/call-list.tsx'
import { Card } from '#design/card.tsx'
import { Missing } from '#design/missing.tsx'
import { PageHeading } from '#design/page-heading.tsx'
import { Skeleton } from '#design/skeleton.tsx'
import type { ContactSheet } from '#domain/person/contact-sheet.ts'

/** How the person is reached, who is called next, and how the team is reached. Prints on one page. */
export function ContactSheetPage() {
  const { t } = useLingui()
  return (
    <div className="contact-sheet">
      <title>{t`Contact details – Gable`}</title>
      <PageHeading title={t`Contact details`} />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Sheet />
      </Suspense>
    </div>
  )
}

function Sheet() {
  const { person = '' } = useParams()
  const { data: sheet } = useSuspenseQuery(contactSheetQuery(person))
  const { data: banner } = useSuspenseQuery(personQuery(person))
  const { given = '', family = '' } = banner.person
  return (
    <>
      <Card title={<Trans>The person</Trans>}>
        <CallList
          lines={[{ key: 'person', name: `${given} ${family}`.trim(), numbers: sheet.phones }]}
        />
        <Written sheet={sheet} />
      </Card>
      <Card title={<Trans>Next of kin and carers</Trans>}>
        <Others sheet={sheet} />
      </Card>
      <Card title={<Trans>The care team</Trans>}>
        <Team person={person} />
      </Card>
    </>
  )
}

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
    return <Missing title={<Trans>No next of kin or carer is recorded</Trans>} />
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
  const { data: team } = useSuspenseQuery(teamQuery(person))
  const staff = (team?.members ?? []).filter(({ who }) => who.voice === 'professional')
  if (staff.length === 0) return <Missing title={<Trans>No team yet</Trans>} />
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
