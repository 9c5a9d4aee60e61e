import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { carerRooms } from '#client/queries/care-plan/carer-rooms.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { recordQuery } from '#client/queries/patient/record-query.ts'
import { useSession } from '#client/session/session.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { WithheldWords } from '#features/parts/access/withheld-words.tsx'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { RecordSection } from './record-section.tsx'
import { ResultSection } from './result-section.tsx'

/** The person’s record in plain words, and a copy that can be printed or saved. */
export function MyRecordPage() {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const isOwn = actor?.person !== undefined
  const person = actor?.person ?? actor?.caresFor?.[0]?.person ?? ''
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { data: shared } = useSuspenseQuery(carerRooms(person))
  const title = isOwn ? t`My record` : t`${house.givenName}’s record`
  return (
    <div className="my-page record-page">
      <title>{`${title} · Gable`}</title>
      <BackToHouse isOwn={isOwn} />
      <h1 tabIndex={-1}>{title}</h1>
      {!shared || shared.read.includes('record') ? (
        <PartTheyMaySee>
          <Suspense fallback={<Skeleton lines={8} />}>
            <Body house={house} ofName={isOwn ? undefined : house.givenName} />
          </Suspense>
        </PartTheyMaySee>
      ) : (
        <p className="my-missing">
          <Trans>
            {house.givenName} has not shared this with you. You can ask {house.givenName}.
          </Trans>
        </p>
      )}
    </div>
  )
}

function Body({ house, ofName }: Readonly<{ house: HouseRecord; ofName: string | undefined }>) {
  const { data: record } = useSuspenseQuery(recordQuery(house.person))
  const isEmpty = Object.values(record).every((entries) => entries.length === 0)
  return (
    <>
      <p className="my-lead">
        {ofName ? (
          <Trans>What is written about {ofName}’s health, in plain words.</Trans>
        ) : (
          <Trans>What is written about your health, in plain words.</Trans>
        )}
      </p>
      <p className="my-small">
        <Trans>
          {house.name}, <DateText date={clockToday()} />. The plain words are ours. No doctor or
          nurse has checked them yet. The word from the record is next to each. Ask your team if
          something is not clear.
        </Trans>
      </p>
      <p className="my-small">
        <Link to="/my/year">
          <Trans>The last year as a picture</Trans>
        </Link>
      </p>
      {isEmpty ? (
        <p className="my-missing">
          <Trans>Nothing is recorded here yet.</Trans>
        </p>
      ) : null}
      <RecordSection kind="allergies" entries={record.allergies} />
      <RecordSection
        kind="conditions"
        entries={record.conditions.filter((each) => !each.isCircumstance)}
      />
      <RecordSection
        kind="circumstances"
        entries={record.conditions.filter((each) => each.isCircumstance)}
      />
      <RecordSection kind="medicines" entries={record.medicines} />
      <ResultSection results={record.results} ofName={ofName} />
      <RecordSection kind="stays" entries={record.stays} />
      <RecordSection kind="vaccinations" entries={record.vaccinations} />
      {ofName ? null : <Withheld house={house} />}
      <Button variant="outline" onClick={() => globalThis.print()}>
        <Trans>Print, or save as PDF</Trans>
      </Button>
    </>
  )
}

/** That something is hidden, as far as the person may know; never what. */
function Withheld({ house }: { house: HouseRecord }) {
  return (
    <section aria-labelledby="withheld-title">
      <h2 id="withheld-title">
        <Trans>What is not here</Trans>
      </h2>
      <p>
        <Trans>
          Notes that professionals write to each other, the computer’s suggestions to them, and risk
          scores.
        </Trans>
      </p>
      <WithheldWords house={house} />
    </section>
  )
}
