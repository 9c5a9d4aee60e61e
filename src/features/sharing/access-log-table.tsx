import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { WhoLooked } from '#client/queries/consent/consents.ts'
import { type AccessEntry, accessKey } from '#domain/audit/access-summary.ts'
import { AccessDeedWords } from '#features/parts/access/access-deed-words.tsx'
import { TimelineDate } from '#features/parts/timeline-date.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { RoleName } from '#ui/text/role-name.tsx'

const perPage = 30

/** The audit log by day and person, newest first, including refused access. */
export function AccessLogTable({ log }: { log: WhoLooked }) {
  const { t } = useLingui()
  const inWords = useResourceTypeLabels()
  const [shown, setShown] = useState(perPage)
  const rows = log.entries.slice(0, shown)
  return (
    <>
      <div className="sharing-scroll">
        <table className="gable-table">
          <caption className="nhsuk-u-visually-hidden">{t`Who looked at this record`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Day`}</th>
              <th scope="col">{t`Who`}</th>
              <th scope="col">{t`What they did`}</th>
              <th scope="col">{t`Kinds of record`}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((entry) => (
              <tr key={accessKey(entry)}>
                <td>
                  <TimelineDate at={entry.day} />
                </td>
                <td>
                  <strong>{entry.name}</strong>
                  <span className="sharing-meta">
                    <RoleName role={entry.role} />
                    {entry.organisation && `, ${organisationName(log, entry.organisation)}`}
                  </span>
                </td>
                <td>
                  <Way entry={entry} />
                </td>
                <td className="sharing-kinds">{inWords(entry.kinds).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {log.entries.length > shown && (
        <Button variant="outline" onClick={() => setShown(shown + perPage)}>
          <Trans>Show earlier</Trans>
        </Button>
      )}
      {log.hasOlder && log.entries.length <= shown && (
        <p className="sharing-meta">
          <Trans>There are older entries than the 500 shown here.</Trans>
        </p>
      )}
    </>
  )
}

const organisationName = (log: WhoLooked, id: string) => log.organisations.get(id) || id

function Way({ entry }: { entry: AccessEntry }) {
  if (entry.way === 'refused')
    return (
      <StateMark state="failed">
        <Trans>Was refused</Trans>
      </StateMark>
    )
  if (entry.way === 'emergency')
    return (
      <StateMark state="due">
        <Trans>Opened it in an emergency</Trans>
        {entry.reason && (
          <>
            {': '}
            <bdi>{entry.reason}</bdi>
          </>
        )}
      </StateMark>
    )
  if (entry.way === 'card')
    return (
      <StateMark state="due">
        <Trans>Opened the emergency card by its link; nobody checked who it was</Trans>
        {entry.reason && (
          <>
            {': '}
            <bdi>{entry.reason}</bdi>
          </>
        )}
      </StateMark>
    )
  if (entry.way === 'access')
    return (
      <>
        <Trans>Changed who can see it</Trans>
        {entry.reason && (
          <>
            {': '}
            <bdi>{entry.reason}</bdi>
          </>
        )}
      </>
    )
  if (entry.deed)
    return (
      <span className="sharing-deed">
        <AccessDeedWords deed={entry.deed} until={entry.until} />
      </span>
    )
  return entry.way === 'changed' ? <Trans>Changed it</Trans> : <Trans>Looked</Trans>
}

/** Names of the kinds of record for readers of the audit log; some share a word. */
function useResourceTypeLabels(): (kinds: readonly string[]) => readonly string[] {
  const { t } = useLingui()
  const words: Readonly<Record<string, string>> = {
    AllergyIntolerance: t`allergies`,
    Appointment: t`appointments`,
    AuditEvent: t`who looked`,
    CarePlan: t`the plan`,
    CareTeam: t`the team`,
    Communication: t`notes and comments`,
    Condition: t`conditions`,
    Consent: t`sharing and agreements`,
    Contract: t`agreements`,
    Coverage: t`who pays`,
    Device: t`devices`,
    DetectedIssue: t`suggestions`,
    DiagnosticReport: t`reports`,
    DocumentReference: t`documents`,
    Encounter: t`visits and hospital stays`,
    EpisodeOfCare: t`being on the caseload`,
    Flag: t`alerts`,
    Goal: t`goals`,
    Immunization: t`immunisations`,
    List: t`lists`,
    MedicationAdministration: t`medicines`,
    MedicationRequest: t`medicines`,
    MedicationStatement: t`medicines`,
    Observation: t`readings`,
    Procedure: t`procedures`,
    Provenance: t`who wrote what`,
    QuestionnaireResponse: t`assessments`,
    RelatedPerson: t`family and friends`,
    RiskAssessment: t`risk scores`,
    ServiceRequest: t`referrals and help arranged`,
    Task: t`tasks`,
  }
  const rest = t`other records`
  return (kinds) => [...new Set(kinds.map((kind) => words[kind] ?? rest))]
}
