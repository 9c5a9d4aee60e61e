import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { assessmentQueries, type PersonAssessments } from '#client/queries/care-plan/assessments.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import type { Form } from '#domain/assessment/form.ts'
import { ruleFor } from '#domain/assessment/score.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Card } from '#ui/layout/card.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { LicenceLine } from './licence-line.tsx'
import { MomentText } from './moment-text.tsx'
import { ScoreHistory } from './results/score-history.tsx'
import { SuggestionCard } from './results/suggestion-card.tsx'
import { SafetyActions, SafetyPanel } from './safety/safety-panel.tsx'
import { draftOnRecord } from './use-assessment.ts'

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
  const asked = forms.filter(({ retired }) => !retired)
  // of a person who has died nothing is asked; open items can still be closed
  const isAsked = (actions: number) => actions === 0 && !found.person.died
  const waiting = record.safety.filter((flag) => isAsked(flag.actions.length))
  const actedOn = record.safety.filter((flag) => !isAsked(flag.actions.length))
  const open = record.suggestions.filter((each) => each.state === 'open')
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
      {asked.length === 0 && (
        <EmptyState title={t`No questionnaires here yet`}>
          <Trans>Someone who manages this service can import them.</Trans>
        </EmptyState>
      )}
      {asked.map((form) => (
        <Instrument key={form.id} {...{ form, forms, record, person }} />
      ))}
      {formsPast(forms, record).map((form) => (
        <Instrument key={form.id} {...{ form, forms, record, person }} />
      ))}
      <p>
        <Link to={`/people/${person}/carer-assessment`}>
          <Trans>Does this person care for somebody? Carer’s assessment</Trans>
        </Link>
      </p>
    </div>
  )
}

/** Retired questionnaires that have no newer version, if this person answered them. */
function formsPast(forms: readonly Form[], record: PersonAssessments): readonly Form[] {
  const asked = new Set(forms.filter(({ retired }) => !retired).map(({ url }) => url))
  const past = new Map(forms.filter(({ url }) => !asked.has(url)).map((form) => [form.url, form]))
  return [...past.values()].filter(({ url }) => record.assessments.some((each) => each.url === url))
}

type InstrumentProps = Readonly<{
  form: Form
  forms: readonly Form[]
  record: PersonAssessments
  person: string
}>

function Instrument({ form, forms, record, person }: InstrumentProps) {
  const restrictionOf = useRestrictions()
  const address = `/people/${person}/assessments/${form.id}`
  const done = record.assessments.filter(
    (each) => each.url === form.url && each.state === 'completed',
  )
  const last = done[0]
  return (
    <Card title={form.title}>
      {form.description && <p>{form.description}</p>}
      {last ? (
        <>
          {ruleFor(form) && <ScoreHistory form={form} done={done} record={record} />}
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
        </>
      ) : (
        <p className="assess-not-said">
          <Trans>Not asked yet</Trans>
        </p>
      )}
      <AskButton {...{ form, forms, record, person }} isAgain={last !== undefined} />
      <LicenceLine form={form} />
    </Card>
  )
}

/** Starts or continues a questionnaire. What was begun with an earlier version is finished with it. */
function AskButton({
  form,
  forms,
  record,
  person,
  isAgain,
}: InstrumentProps & { isAgain: boolean }) {
  const begun = forms.find((each) => each.url === form.url && draftOnRecord(record, each))
  const asked = begun ?? form
  if (asked.retired && !begun)
    return (
      <p className="assess-meta">
        <Trans>No longer asked here. Earlier answers stay readable.</Trans>
      </p>
    )
  return (
    <p>
      <LinkButton to={`/people/${person}/assessments/${asked.id}`} variant="outline">
        {begun ? (
          <Trans>Continue {asked.title}</Trans>
        ) : isAgain ? (
          <Trans>Ask {asked.title} again</Trans>
        ) : (
          <Trans>Start {asked.title}</Trans>
        )}
      </LinkButton>
    </p>
  )
}
