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

/** When organisations work: all of them for an administrator, their own for a manager. */
export function OrganisationsPage() {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const isAdmin = actor?.role === 'admin'
  return (
    <div className="organisations">
      <PageHeading
        title={t`Organisations`}
        lead={t`When each one works and answers its telephone, whose bank holidays it keeps, and by when it calls somebody who came home from hospital.`}
      />
      {isAdmin ? (
        <p>
          <Link to="/licences">
            <Trans>Which licensed assessments may be used here</Trans>
          </Link>
        </p>
      ) : null}
      {isAdmin || actor?.role === 'manager' ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <Offices only={isAdmin ? undefined : (actor.organisation ?? '')} />
        </Suspense>
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>
            Only an administrator, or a manager of the organisation, can change when it works.
          </Trans>
        </EmptyState>
      )}
    </div>
  )
}

/** `only`: id of the one organisation that is shown. */
function Offices({ only }: { only: string | undefined }) {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(officesQuery())
  const offices = data.filter(({ id }) => only === undefined || id === only)
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
