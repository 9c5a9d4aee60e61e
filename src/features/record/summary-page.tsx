import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, useParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { recordQuery } from '#client/queries/patient/record-query.ts'
import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import { type HouseRecord, openGoals } from '#domain/plan/house/house.ts'
import { whatToDo } from '#domain/plan/house/what-to-do.ts'
import { whatIfLevels } from '#domain/plan/plan.ts'
import type { RecordEntry } from '#domain/record/person-record.ts'
import { DayHours } from '#features/parts/call/day-hours.tsx'
import { GoalDays } from '#features/parts/goal-words/goal-days.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { noteSummaryRead } from '#features/parts/record/summary-first.tsx'
import { colourLabels } from '#features/parts/worse/colour-words.tsx'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { WhatToDo } from '#ui/text/what-to-do.tsx'

/** “Never repeat my story”: the one page that anyone on the team reads first. Each line says from whom, and how old it is. */
export function SummaryPage() {
  const { person = '' } = useParams()
  const { t } = useLingui()
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  useEffect(() => noteSummaryRead(person), [person])
  return (
    <div className="summary-page">
      <PageHeading
        title={t`${house.givenName} on one page`}
        lead={t`Read this first, so that nobody has to tell their story again.`}
        actions={
          <>
            <Link to={`/people/${person}/plan`}>
              <Trans>To the plan</Trans>
            </Link>{' '}
            <Button variant="link" onClick={() => globalThis.print()}>
              <Trans>Print</Trans>
            </Button>
          </>
        }
      />
      <div className="summary-columns">
        <Said house={house} section="most-important" title={t`What matters most to me`} />
        <Said house={house} section="communicate" title={t`How to talk with me`} />
        <Said house={house} section="please-do" title={t`Please do, and please don’t`} />
        <PartTheyMaySee>
          <Health person={person} />
        </PartTheyMaySee>
        <Goals house={house} />
        <Team house={house} />
        <Worse house={house} />
      </div>
      <p className="gable-meta">
        <Trans>
          {house.name}, from the record on <DateText date={clockToday()} />
        </Trans>
      </p>
    </div>
  )
}

type Of = Readonly<{ house: HouseRecord }>

function Said({
  house,
  section,
  title,
}: Of & Readonly<{ section: AboutMeSectionName; title: string }>) {
  const about = house.aboutMe.find((each) => each.section === section)
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {about?.words ? (
        <>
          <SaidQuote size="row" isPersons={about.saidBy?.voice === 'person'}>
            {about.words}
          </SaidQuote>
          <p className="gable-meta">
            {about.saidBy?.name}
            {about.saidOn ? (
              <>
                , <DateText date={about.saidOn} />
              </>
            ) : null}
          </p>
        </>
      ) : (
        <p className="gable-missing">
          <Trans>Not said yet</Trans>
        </p>
      )}
    </section>
  )
}

const current = (entries: readonly RecordEntry[]) => entries.filter(({ isOver }) => !isOver)

/** Allergies, illnesses and medicines, as the record has them. */
function Health({ person }: { person: string }) {
  const { t } = useLingui()
  const { data: record } = useSuspenseQuery(recordQuery(person))
  return (
    <>
      <Lines title={t`Allergies`} entries={current(record.allergies)} none={t`None recorded`} />
      <Lines
        title={t`What is going on`}
        entries={current(record.conditions)}
        none={t`Nothing recorded`}
      />
      <Medicines entries={current(record.medicines)} />
    </>
  )
}

function Lines(props: Readonly<{ title: string; entries: readonly RecordEntry[]; none: string }>) {
  const { title, entries, none } = props
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {entries.length === 0 ? <p className="gable-missing">{none}</p> : null}
      <ul className="summary-lines">
        {entries.map(({ id, coded, detail, at, by }) => (
          <li key={id}>
            <b>{coded}</b> {detail}{' '}
            <span className="gable-meta">
              {at ? (
                <Trans>
                  since <DateText date={at} />
                </Trans>
              ) : null}{' '}
              {by}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Their names in one paragraph, so that everything still fits one page. */
function Medicines({ entries }: Readonly<{ entries: readonly RecordEntry[] }>) {
  const { t } = useLingui()
  return (
    <section aria-label={t`Medicines`}>
      <h2>
        <Trans>Medicines</Trans>
      </h2>
      {entries.length === 0 ? (
        <p className="gable-missing">
          <Trans>None recorded</Trans>
        </p>
      ) : (
        <p>{entries.map(({ coded }) => coded).join('; ')}</p>
      )}
    </section>
  )
}

function Goals({ house }: Of) {
  const { t } = useLingui()
  const goals = openGoals(house)
  return (
    <section aria-label={t`What we are doing`}>
      <h2>
        <Trans>What we are doing</Trans>
      </h2>
      {goals.length === 0 ? (
        <p className="gable-missing">
          <Trans>No goal yet</Trans>
        </p>
      ) : null}
      <ul className="summary-lines">
        {goals.map((goal) => (
          <li key={goal.id}>
            {goal.words}{' '}
            <span className="gable-meta">
              {goal.expressedBy?.name}
              <GoalDays goal={goal} day={(at) => <DateText date={at} />} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Team({ house }: Of) {
  const { t } = useLingui()
  return (
    <section aria-label={t`Who is who`}>
      <h2>
        <Trans>Who is who</Trans>
      </h2>
      {house.team.length === 0 ? (
        <p className="gable-missing">
          <Trans>No team yet</Trans>
        </p>
      ) : null}
      <ul className="summary-lines">
        {house.team.map(({ who, role, phone }) => (
          <li key={who.reference}>
            <b>{who.name}</b>, {role} {phone ? <PhoneLink number={phone} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Worse({ house: { whatIf, hours } }: Of) {
  const { t, i18n } = useLingui()
  return (
    <section aria-label={t`If things get worse`}>
      <h2>
        <Trans>If things get worse</Trans>
      </h2>
      {whatIf ? (
        <ul className="summary-lines">
          {whatIfLevels.map((level) => (
            <li key={level}>
              <LevelMark level={level} /> {i18n._(colourLabels[level])}: <b>{whatIf[level].sign}</b>
              <WhatToDo {...whatToDo(whatIf[level])} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="gable-missing">
          <Trans>Nothing is written yet</Trans>
        </p>
      )}
      {whatIf && whatIfLevels.some((level) => whatIf[level].ringAtNight) ? (
        <p className="gable-meta">
          <DayHours hours={hours} />
        </p>
      ) : null}
      {whatIf?.written ? (
        <p className="gable-meta">
          {whatIf.written.by.name}, <DateText date={whatIf.written.at} />
        </p>
      ) : null}
    </section>
  )
}
