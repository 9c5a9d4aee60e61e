import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { type Office, officesQuery } from '#client/queries/admin/office-hours.ts'
import { useSession } from '#client/session/session.ts'
import { serviceHoursFrom } from '#domain/contact/service-hours.ts'
import { DayHours } from '#features/parts/call/day-hours.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { FollowUpForm } from './follow-up-form.tsx'
import { HoursForm } from './hours-form.tsx'

/** The organisations of this service, and when each answers its telephone. */
export function OrganisationsPage() {
  const { t } = useLingui()
  const isAdmin = useSession(({ actor }) => actor?.role === 'admin')
  return (
    <div className="organisations">
      <PageHeading
        title={t`Organisations`}
        lead={t`When each one answers its telephone, and by when it calls somebody who came home from hospital.`}
      />
      {isAdmin ? (
        <>
          <p>
            <Link to="/licences">
              <Trans>Which licensed assessments may be used here</Trans>
            </Link>
          </p>
          <Suspense fallback={<Skeleton lines={6} />}>
            <Offices />
          </Suspense>
        </>
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>Only an administrator can change when a telephone is answered.</Trans>
        </EmptyState>
      )}
    </div>
  )
}

function Offices() {
  const { t } = useLingui()
  const { data: offices } = useSuspenseQuery(officesQuery())
  if (offices.length === 0) return <EmptyState title={t`No organisations yet`} />
  return offices.map((office) => <OneOffice key={office.id} office={office} />)
}

function OneOffice({ office }: { office: Office }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const { name, phone, recorded } = office
  const found = recorded && serviceHoursFrom([recorded], [phone])
  const hours = found && { ...found, calendar: office.followUp.calendar }
  return (
    <Card title={name}>
      {phone ? (
        <p>
          <PhoneLink number={phone} />
        </p>
      ) : (
        <EmptyState title={<Trans>No telephone number is recorded</Trans>} />
      )}
      {open ? (
        <HoursForm office={office} onDone={() => setOpen(false)} />
      ) : (
        <>
          <p>
            <DayHours hours={hours} />
          </p>
          {phone ? (
            <Button
              variant="outline"
              onClick={() => setOpen(true)}
              aria-label={t`Change the hours: ${name}`}
            >
              <Trans>Change the hours</Trans>
            </Button>
          ) : null}
        </>
      )}
      <FollowUpForm office={office} />
    </Card>
  )
}
