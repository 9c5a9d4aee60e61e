import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { casesQuery } from '#client/queries/care-plan/case.ts'
import { optOutsQuery } from '#client/queries/consent/opt-outs.ts'
import { scoreQueries } from '#client/queries/monitoring/find-people.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { type Case, standingCase } from '#domain/case/case.ts'
import { lastSaid } from '#domain/opt-out/opt-out.ts'
import { isOutsideScore } from '#domain/outside-score/outside-score-fhir.ts'
import type { ScoreOfToday } from '#domain/risk/score-parameters.ts'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CostOfCare } from './cost-of-care.tsx'
import { CaseDecision } from './deciding/case-decision.tsx'
import { ScoreCourse } from './history/score-course.tsx'
import { deficitLabels, frailtyBandLabels, groupLabels, leftOutLabels } from './labels.ts'
import { OutsideScores } from './outside-scores.tsx'
import { PublishedScores } from './published-scores.tsx'
import { RecordScore } from './record-score.tsx'
import { ScoreReasons } from './score-reasons.tsx'

/** The scores of one person, the records they are based on, and what they could not include. */
export function ScorePage() {
  const { t } = useLingui()
  return (
    <div className="score">
      <PageHeading
        title={t`Scores`}
        lead={t`A score is only a way to start a conversation. It decides nothing.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Decision />
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

/** Take on or not now, beside the reasons. */
function Decision() {
  const { person: id = '' } = useParams()
  const { data: found } = useSuspenseQuery(patientQuery(id))
  const { data: cases } = useSuspenseQuery(casesQuery(id))
  const { data: optOuts = [] } = useQuery(optOutsQuery(id))
  const { family = '', given = '', setAside, died } = found.person
  const noCase = lastSaid(optOuts, 'case')?.stands === true
  // nobody is taken on after their death
  if (setAside || died) return null
  return (
    <CaseDecision
      person={{ id, family, given, ...(noCase ? { noCase } : {}), ...decided(cases) }}
    />
  )
}

function decided(cases: readonly Case[]) {
  const standing = standingCase(cases)
  if (standing) return { caseStatus: 'active', coordinator: standing.coordinator?.name ?? '' }
  const last = cases.find(({ state }) => state !== 'undone')
  return last?.state === 'not-now' ? { caseStatus: 'cancelled', notNow: last.reason ?? '' } : {}
}

/** The scores today, or as the record shows them on a day in the past. */
function Dated() {
  const { t } = useLingui()
  const [query, setQuery] = useSearchParams()
  const today = clockToday()
  const asked = query.get('on') ?? ''
  const [typed, setTyped] = useState(asked || today)
  const isDay = isWholeDay(typed) && typed <= today
  const day = isWholeDay(asked) && asked < today ? asked : today
  return (
    <>
      <CheckedForm
        className="score__as-of"
        aria-label={t`As of a day`}
        onSubmit={() => {
          if (isDay) setQuery(typed === today ? {} : { on: typed })
        }}
      >
        <DateField
          label={t`Scores as of`}
          hint={t`Today, or a day in the past: what the record shows for that day.`}
          value={typed}
          onChange={setTyped}
          error={isDay ? undefined : t`Enter today’s date or an earlier one`}
        />
        <Button type="submit" variant="outline">
          <Trans>Show</Trans>
        </Button>
      </CheckedForm>
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

const isWholeDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !isUnfinished(text)

function Scores({ day, isToday }: Readonly<{ day: string; isToday: boolean }>) {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data: score } = useSuspenseQuery(
    isToday ? scoreQueries.today(person) : scoreQueries.on(person, day),
  )
  if (score.missing.includes('conditions'))
    return (
      <>
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
      <ScoreCourse person={person} day={day} />
      <Frailty score={score} />
      <Charlson score={score} />
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
      <ScoreReasons
        caption={t`Difficulties that count, and the records that show them`}
        reasons={frailty.reasons}
        words={deficitLabels}
      />
      <p className="gable-muted">
        <Trans>
          Difficulties counted: 0 to 4 is fit, 5 to 8 mild, 9 to 12 moderate, 13 or more severe. The
          bands were designed for people aged 65 to 95.
        </Trans>
      </p>
      <UnverifiedMark what="frailty-codes" />
      <details>
        <summary>
          <Trans>Where this count comes from</Trans>
        </summary>
        <p className="gable-muted">
          <Trans>
            Published as a count of 36 deficits: Clegg 2016, doi 10.1093/ageing/afw039. This is not
            the certified electronic frailty index (eFI). It uses our own list of the codes for
            diagnoses (SNOMED CT and ICD-10). ICD-10 has no code for being housebound.
          </Trans>
        </p>
      </details>
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

function Charlson({ score: { charlson } }: { score: ScoreOfToday }) {
  const { t } = useLingui()
  return (
    <Card title={<Trans>Charlson: {charlson.score}</Trans>}>
      <p>
        {charlson.agePoints === undefined ? (
          <Trans>No birth date is recorded, so there are no points for age.</Trans>
        ) : (
          <Plural
            value={charlson.agePoints}
            one={`# point for age (${charlson.age ?? 0})`}
            other={`# points for age (${charlson.age ?? 0})`}
          />
        )}
      </p>
      <ScoreReasons
        caption={t`Groups, their points and the records that show them`}
        reasons={charlson.reasons}
        words={groupLabels}
        withPoints
      />
      <p className="gable-muted">
        <Trans>
          More points mean more illnesses at the same time. Original weights (Charlson 1987), age
          points (Charlson 1994), groups after Quan 2005. When a more severe form is recorded, the
          milder form adds no points. The score says nothing about what this person wants.
        </Trans>
      </p>
    </Card>
  )
}

function NotCounted({ score }: { score: ScoreOfToday }) {
  const { t } = useLingui()
  if (score.unmapped.length === 0 && score.leftOut.length === 0) return null
  return (
    <Card title={t`Not counted`}>
      <ul>
        {score.unmapped.map((each) => (
          <li key={each.record}>
            {each.display} <Trans>(no mapping for code {each.code ?? '?'})</Trans>
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
