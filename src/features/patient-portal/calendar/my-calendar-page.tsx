import { useLingui } from '@lingui/react/macro'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { PersonCalendar } from '#features/parts/diary/person-calendar.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { useMyHouse } from '#features/patient-portal/use-my-house.ts'
import { PageHeading } from '#ui/layout/page-heading.tsx'

/** Who comes or calls, and when, in one list. */
export function MyCalendarPage() {
  const { t } = useLingui()
  const { house, isCarer } = useMyHouse()
  return (
    <div className="my-page">
      <PageHeading title={t`Appointments`} />
      <PartTheyMaySee>
        <PersonCalendar person={house.person} />
      </PartTheyMaySee>
      <BackToHouse isOwn={!isCarer} />
    </div>
  )
}
