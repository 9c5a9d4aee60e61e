import { useLingui } from '@lingui/react/macro'

/** What the kinds of record are called where somebody reads who looked; some share a word. */
export function useResourceTypeLabels(): (kinds: readonly string[]) => readonly string[] {
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
    RiskAssessment: t`scores of risk`,
    ServiceRequest: t`referrals and help arranged`,
    Task: t`tasks`,
  }
  const rest = t`other records`
  return (kinds) => [...new Set(kinds.map((kind) => words[kind] ?? rest))]
}
