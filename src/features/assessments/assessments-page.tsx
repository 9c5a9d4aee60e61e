import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { assessmentQueries, type PersonAssessments } from '#client/queries/care-plan/assessments.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import type { Form } from '#domain/assessment/form.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { CareCards } from './cards/care-cards.tsx'
import { LibraryList } from './library/library-list.tsx'
import { LicenceLine } from './licence-line.tsx'
import { MomentText } from './moment-text.tsx'
import { ScoreHistory } from './results/score-history.tsx'
import { SuggestionCard } from './results/suggestion-card.tsx'
import { SafetyActions, SafetyPanel } from './safety/safety-panel.tsx'

/** What has been asked so far, what it meant, and what can be asked next. */
export function AssessmentsPage() {
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Assessments />
    </Suspense>
  )
}

function Assessments() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const { data: forms } = useSuspenseQuery(assessmentQueries.forms())
  const { data: record } = useSuspenseQuery(assessmentQueries.ofPerson(person))
  const { data: found } = useSuspenseQuery(patientQuery(person))
  const usable = forms.filter(({ retired }) => !retired)
  // of a person who has died nothing is asked; open items can still be closed
  const isAsked = (actions: number) => actions === 0 && !found.person.died
  const waiting = record.safety.filter((flag) => isAsked(flag.actions.length))
  const actedOn = record.safety.filter((flag) => !isAsked(flag.actions.length))
  const open = record.suggestions.filter((each) => each.state === 'open')
  const asked = newestOfEach(forms).filter((form) => doneWith(form, record).length > 0)
  return (
    <div className="assess-list">
      {waiting.map((flag) => (
        <SafetyPanel key={flag.id} flag={flag} person={person} />
      ))}
      <PageHeading
        title={t`Understand`}
        lead={t`Ask, listen, and see what the answers mean. A score is a way to start a conversation.`}
      />
      {actedOn.map((flag) => (
        <SafetyActions key={flag.id} flag={flag} person={person} />
      ))}
      {open.length > 0 && (
        <section aria-labelledby="open-suggestions">
          <h2 id="open-suggestions">
            <Trans>Waiting for a decision</Trans>
          </h2>
          <ul className="assess-suggestions">
            {open.map((each) => (
              <SuggestionCard key={each.id} suggestion={each} person={person} />
            ))}
          </ul>
        </section>
      )}
      {!found.person.died && <CareCards person={person} />}
      {usable.length === 0 && (
        <EmptyState title={t`No questionnaires here yet`}>
          <Trans>Someone who manages this service can import them.</Trans>
        </EmptyState>
      )}
      {asked.length > 0 && (
        <h2>
          <Trans>What was asked, and what it meant</Trans>
        </h2>
      )}
      <div className="assess-asked">
        {asked.map((form) => (
          <Instrument key={form.id} {...{ form, record, person }} />
        ))}
      </div>
      <LibraryList {...{ forms, record, person }} />
      <p>
        <Link to={`/people/${person}/care-needs`}>
          <Trans>Is daily life hard? Care and support needs</Trans>
        </Link>
      </p>
      <p>
        <Link to={`/people/${person}/safeguarding`}>
          <Trans>Is somebody not safe? Safeguarding</Trans>
        </Link>
      </p>
      <p>
        <Link to={`/people/${person}/carer-assessment`}>
          <Trans>Does this person care for somebody? Carer’s assessment</Trans>
        </Link>
      </p>
    </div>
  )
}

type InstrumentProps = Readonly<{ form: Form; record: PersonAssessments; person: string }>

/** How often it was asked, shown at once; older ones stay one click away. */
const shownAtOnce = 5

function Instrument({ form, record, person }: InstrumentProps) {
  const done = doneWith(form, record)
  const address = `/people/${person}/assessments/${form.id}`
  const older = done.slice(shownAtOnce)
  return (
    <section className="gable-card" aria-labelledby={`asked-${form.id}`}>
      <h3 id={`asked-${form.id}`}>{form.title}</h3>
      <ScoreHistory form={form} done={done} record={record} />
      <TimesAsked done={done.slice(0, shownAtOnce)} address={address} />
      {older.length > 0 && (
        <details>
          <summary>
            <Trans>Older results</Trans>
          </summary>
          <TimesAsked done={older} address={address} />
        </details>
      )}
      <LicenceLine form={form} />
    </section>
  )
}

/** One version of each questionnaire: the one that is asked, or the last one of those that are no longer. */
function newestOfEach(forms: readonly Form[]): readonly Form[] {
  const newest = new Map<string, Form>()
  for (const form of forms) {
    const known = newest.get(form.url)
    if (!known || known.retired || !form.retired) newest.set(form.url, form)
  }
  return [...newest.values()]
}

const doneWith = (form: Form, record: PersonAssessments) =>
  record.assessments.filter((each) => each.url === form.url && each.state === 'completed')

type TimesProps = Readonly<{ done: PersonAssessments['assessments']; address: string }>

function TimesAsked({ done, address }: TimesProps) {
  const restrictionOf = useRestrictions()
  return (
    <ul className="assess-times">
      {done.map((each) => (
        <li key={each.id}>
          <Link to={`${address}?result=${each.id}`}>
            <MomentText at={each.at} />
          </Link>
          {each.by && <span className="assess-meta">{each.by}</span>}
          <RestrictedMark restriction={restrictionOf(`QuestionnaireResponse/${each.id}`)} />
        </li>
      ))}
    </ul>
  )
}
