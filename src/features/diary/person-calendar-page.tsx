import { useLingui } from '@lingui/react/macro'
import { useParams } from 'react-router'
import { PersonCalendar } from '#features/parts/diary/person-calendar.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'

/** What is planned for one person, whoever planned it. */
export function PersonCalendarPage() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  return (
    <div>
      <PageHeading title={t`Appointments`} lead={t`Of all organisations that are on the record.`} />
      <PersonCalendar person={person} />
    </div>
  )
}
