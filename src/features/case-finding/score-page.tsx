import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { casesQuery } from '#client/queries/care-plan/case.ts'
import { optOutsQuery } from '#client/queries/consent/opt-outs.ts'
import { scoreQueries } from '#client/queries/monitoring/find-people.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { type Case, standingCase } from '#domain/case/case.ts'
import { lastSaid } from '#domain/opt-out/opt-out.ts'
import { isOutsideScore } from '#domain/outside-score/outside-score-fhir.ts'
import { isOfLastYear, kindsOfScore } from '#domain/risk/published/part-kinds.ts'
import type { ScoreOfToday, ShownPart } from '#domain/risk/score-parameters.ts'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CostOfCare } from './cost-of-care.tsx'
import { CaseDecision } from './deciding/case-decision.tsx'
import { ScoreCourse } from './history/score-course.tsx'
import { ScoreFinding } from './history/score-finding.tsx'
import { deficitLabels, frailtyBandLabels, groupLabels, leftOutLabels } from './labels.ts'
import { OutsideScores } from './outside-scores.tsx'
import { kindLabels } from './published-labels.ts'
import { PublishedScores } from './published-scores.tsx'
import { RecordScore } from './record-score.tsx'
import { ScoreParts } from './score-parts.tsx'
import { ScoreSources } from './score-sources.tsx'

/** The scores of one person, the records they are based on, and what they could not include. */
export function ScorePage() {
  const { t } = useLingui()
  return (
    <div className="score">
      <PageHeading
        title={t`Scores`}
        lead={t`A score is only a way to start a conversation. It decides nothing.`}
        actions={<AsOf />}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Dated />
      </Suspense>
      <FromElsewhere />
    </div>
  )
}

/** What others say: costs, and scores that they worked out. */
function FromElsewhere() {
  const { person = '' } = useParams()
  return (
    <>
      <OutsideScores person={person} />
      <CostOfCare person={person} />
    </>
  )
}

/** Who coordinates; else take on or not now, beside the reasons. */
function Coordinator() {
  const { person: id = '' } = useParams()
  const { data: found } = useSuspenseQuery(patientQuery(id))
  const { data: cases } = useSuspenseQuery(casesQuery(id))
  const { data: optOuts = [] } = useQuery(optOutsQuery(id))
  const { family = '', given = '', setAside, died } = found.person
  const noCase = lastSaid(optOuts, 'case')?.stands === true
  const { coordinator, ...said } = decided(cases)
  if (said.caseStatus === 'active')
    return coordinator ? <bdi>{coordinator}</bdi> : <Trans>On a caseload, nobody is named</Trans>
  return (
    <>
      <Trans>Nobody coordinates yet</Trans>
      {/* nobody is taken on after their death */}
      {setAside || died ? null : (
        <CaseDecision person={{ id, family, given, ...(noCase ? { noCase } : {}), ...said }} />
      )}
    </>
  )
}

type Decided = Readonly<{ caseStatus?: string; coordinator?: string; notNow?: string }>

function decided(cases: readonly Case[]): Decided {
  const standing = standingCase(cases)
  if (standing) return { caseStatus: 'active', coordinator: standing.coordinator?.name ?? '' }
  const last = cases.find(({ state }) => state !== 'undone')
  return last?.state === 'not-now' ? { caseStatus: 'cancelled', notNow: last.reason ?? '' } : {}
}

/** The day that the address asks for; today without one. */
function useAskedDay() {
  const [query, setQuery] = useSearchParams()
  const today = clockToday()
  const asked = query.get('on') ?? ''
  return { asked, today, day: isWholeDay(asked) && asked < today ? asked : today, setQuery }
}

/** Today, or a day in the past, in one row beside the heading. */
function AsOf() {
  const { t } = useLingui()
  const { asked, today, setQuery } = useAskedDay()
  const [typed, setTyped] = useState(asked || today)
  const isDay = isWholeDay(typed) && typed <= today
  return (
    <CheckedForm
      className="score__as-of"
      aria-label={t`As of a day`}
      onSubmit={() => {
        if (isDay) setQuery(typed === today ? {} : { on: typed })
      }}
    >
      <DateField
        label={t`Scores as of`}
        value={typed}
        onChange={setTyped}
        error={isDay ? undefined : t`Enter today’s date or an earlier one`}
      />
      <Button type="submit" variant="outline">
        <Trans>Show</Trans>
      </Button>
    </CheckedForm>
  )
}

/** The scores today, or as the record shows them on a day in the past. */
function Dated() {
  const { day, today } = useAskedDay()
  return (
    <>
      {day === today ? null : (
        <Notice tone="info" title={<Trans>A day in the past</Trans>}>
          <p>
            <Trans>
              As the record shows it for <DateText date={day} />. Conditions without a date count on
              every day.
            </Trans>
          </p>
        </Notice>
      )}
      <Scores day={day} isToday={day === today} />
    </>
  )
}

function Scores({ day, isToday }: Readonly<{ day: string; isToday: boolean }>) {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data: score } = useSuspenseQuery(
    isToday ? scoreQueries.today(person) : scoreQueries.on(person, day),
  )
  const finding = <ScoreFinding {...{ person, day, score }} coordinator={<Coordinator />} />
  if (score.missing.includes('conditions'))
    return (
      <>
        {finding}
        <EmptyState title={t`No score`}>
          <p>{t`No conditions are recorded, so a low score would mean nothing.`}</p>
        </EmptyState>
        <PublishedScores score={score} />
        <PartTheyMaySee>
          <History person={person} />
        </PartTheyMaySee>
      </>
    )
  return (
    <>
      {finding}
      <Frailty score={score} />
      <Charlson score={score} />
      <ScoreCourse person={person} day={day} />
      <PublishedScores score={score} />
      <NotCounted score={score} />
      {isToday ? <RecordScore person={person} score={score} /> : null}
      <PartTheyMaySee>
        <History person={person} />
      </PartTheyMaySee>
    </>
  )
}

function Frailty({ score: { frailty } }: { score: ScoreOfToday }) {
  const { t } = useLingui()
  const band = frailtyBandLabels[frailty.band]
  return (
    <Card
      title={
        frailty.unread > 0 ? (
          <Trans>Frailty: at least {frailty.count} of 36</Trans>
        ) : (
          <Trans>Frailty: {frailty.count} of 36</Trans>
        )
      }
    >
      <p>
        <strong>{band ? t(band) : frailty.band}</strong>
      </p>
      <Unread frailty={frailty} />
      <ScoreParts kinds={kindsOfScore.frailty} parts={frailty.reasons} words={deficitLabels} />
      <UnverifiedMark what="frailty-codes" />
      <ScoreSources
        caption={t`Difficulties that count, and the records that show them`}
        reasons={frailty.reasons}
        words={deficitLabels}
      >
        <p className="gable-muted">
          <Trans>
            Difficulties counted: 0 to 4 is fit, 5 to 8 mild, 9 to 12 moderate, 13 or more severe.
            The bands were designed for people aged 65 to 95.
          </Trans>
        </p>
        <p className="gable-muted">
          <Trans>
            Published as a count of 36 deficits: Clegg 2016, doi 10.1093/ageing/afw039. This is not
            the certified electronic frailty index (eFI). It uses our own list of the codes for
            diagnoses (SNOMED CT and ICD-10). ICD-10 has no code for being housebound.
          </Trans>
        </p>
      </ScoreSources>
    </Card>
  )
}

/** What could not be read may count too: the count is never more certain than its codes. */
function Unread({ frailty: { unread, band } }: Pick<ScoreOfToday, 'frailty'>) {
  if (unread === 0) return null
  return (
    <p>
      <Plural
        value={unread}
        one="# condition has a code that Gable cannot read."
        other="# conditions have codes that Gable cannot read."
      />{' '}
      {band === 'unclear' ? (
        <Trans>These codes do not show whether this person is fit.</Trans>
      ) : (
        <Trans>There may be more deficits than we counted.</Trans>
      )}
    </p>
  )
}

function Charlson({ score }: { score: ScoreOfToday }) {
  const { t } = useLingui()
  const { charlson, frailty } = score
  const isOpen = charlson.agePoints === undefined || frailty.unread > 0
  return (
    <Card
      title={
        isOpen ? (
          <Trans>Charlson: at least {charlson.score}</Trans>
        ) : (
          <Trans>Charlson: {charlson.score}</Trans>
        )
      }
    >
      <p>
        <Trans>More points mean more illnesses at the same time.</Trans>
      </p>
      <ScoreParts
        kinds={kindsOfScore.charlson}
        parts={[...agePart(score), ...charlson.reasons]}
        words={{ ...groupLabels, age: kindLabels.age }}
        withPoints
        unknown={{
          age: <Trans>No birth date is recorded, so there are no points for age.</Trans>,
        }}
      />
      <ScoreSources
        caption={t`Groups, their points and the records that show them`}
        reasons={charlson.reasons}
        words={groupLabels}
        withPoints
      >
        <p className="gable-muted">
          <Trans>
            Original weights (Charlson 1987), age points (Charlson 1994), groups after Quan 2005.
            When a more severe form is recorded, the milder form adds no points. The score says
            nothing about what this person wants.
          </Trans>
        </p>
      </ScoreSources>
    </Card>
  )
}

/** Nothing without a birth date: no points would say young. */
function agePart({ charlson, date = '' }: ScoreOfToday): readonly ShownPart[] {
  const { age, agePoints, ageSince } = charlson
  if (age === undefined || agePoints === undefined) return []
  return [
    {
      ...{ code: 'age', kind: 'age', points: agePoints, value: String(age), inputs: [] },
      ...(ageSince ? { since: ageSince } : {}),
      lastYear: ageSince !== undefined && isOfLastYear(ageSince, date),
    },
  ]
}

function NotCounted({ score }: { score: ScoreOfToday }) {
  const { t } = useLingui()
  if (score.unmapped.length === 0 && score.leftOut.length === 0) return null
  return (
    <Card title={t`Not counted`}>
      <ul>
        {score.unmapped.map((each) => (
          <li key={each.record}>
            {each.display} <Trans>(Gable cannot read its code)</Trans>
          </li>
        ))}
        {score.leftOut.map((each) => {
          const why = leftOutLabels[each.why]
          return (
            <li key={each.record}>
              {each.display} ({why ? t(why) : each.why})
            </li>
          )
        })}
      </ul>
      <ScoreSources caption={t`Not counted`} reasons={[]} words={{}}>
        <ul>
          {[...score.unmapped, ...score.leftOut].map((each) => (
            <li key={each.record}>
              {each.display}: {each.code ?? t`no code`}
            </li>
          ))}
        </ul>
      </ScoreSources>
    </Card>
  )
}

function History({ person }: { person: string }) {
  const { t } = useLingui()
  const { data: all } = useSuspenseQuery(scoreQueries.recorded(person))
  const recorded = all.filter((each) => !isOutsideScore(each))
  if (recorded.length === 0) return <EmptyState title={t`No score has been saved yet`} />
  return (
    <Card title={t`Saved before`}>
      <ul>
        {recorded.map((each) => (
          <li key={each.id}>
            {each.occurrenceDateTime && <DateText date={each.occurrenceDateTime} />}
            {': '}
            {each.prediction?.[0]?.qualitativeRisk?.text ?? each.method?.text ?? ''}
            {each.performer?.display && `, ${each.performer.display}`}
            {each.note?.[0]?.text && `. ${each.note[0].text}`}
          </li>
        ))}
      </ul>
    </Card>
  )
}
