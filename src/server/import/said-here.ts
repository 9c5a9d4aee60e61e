import type { Flag, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isDecisionRecord } from '#domain/agreement/capacity-fhir.ts'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { alertDutyName } from '#domain/alert/alert-duty.ts'
import { isPackQuestionnaire } from '#domain/assessment/instruments/licence-acknowledgement.ts'
import { isCarerAssessment, isCarerDecision } from '#domain/carer/carer-assessment-fhir.ts'
import { isCarerEnding } from '#domain/carer/carer-ending.ts'
import { isCarerOffer } from '#domain/carer/carer-offer.ts'
import { isCarerWords } from '#domain/carer/carer-words-code.ts'
import { diaryKindOf } from '#domain/diary/diary-kind.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import { promiseDeedKindOf } from '#domain/goal/promise-deed-kind.ts'
import { goalObservationCode } from '#domain/goal/said/goal-observation.ts'
import { isMeetingAsk, isMeetingLetter, isTeamMeeting } from '#domain/meeting/is-team-meeting.ts'
import { isMessageSeen, isThreadMessage } from '#domain/message/is-message.ts'
import { isLearningCycle } from '#domain/outcome/cycle/cycle-fhir.ts'
import { isScoreDirection } from '#domain/outside-score/score-direction-fhir.ts'
import { isAboutMePhoto } from '#domain/photo/about-me-photo.ts'
import { isAftercare } from '#domain/plan/crisis/is-aftercare.ts'
import { isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { isConversationForm } from '#domain/preparation/prompts.ts'
import { isProgramme, isProgrammeEntry } from '#domain/programme/is-programme.ts'
import { isGapDecline } from '#domain/quality/decline-fhir.ts'
import { isOwnAmber, isOwnAmberAgreed } from '#domain/reading/own-amber-fhir.ts'
import { isCaseReferral } from '#domain/referral/case-referral.ts'
import { isCareAssessment, isCareDecision } from '#domain/social-care/care-assessment-fhir.ts'
import { isKeptBySocialCare, isSafeguarding } from '#domain/social-care/kept-kind.ts'
import { isAnswerSuggestion } from '#domain/suggestion/fhir.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { isOffer, isOfferWord } from '#domain/support/is-offer.ts'
import { isTemplateItem } from '#domain/template/is-template-item.ts'
import { isTodayClaim } from '#domain/today/claim.ts'
import { isVoiceChange } from '#domain/voice/voice-change.ts'
import { isWorry } from '#domain/worry/is-worry.ts'
import { isLeftForCover } from '#server/cover/guard-absences.ts'
import { isPutToPartners } from '#server/outcome/guard-measure.ts'
import { forbidden } from '#server/problem.ts'
import { changesProgramme } from '#server/programme/guard-programme.ts'

type Kind = Readonly<{ is: (resource: Resource) => boolean; why: string }>

/** What counts only because the service checks who says it, when, and in which order. */
const kinds: readonly Kind[] = [
  {
    is: (resource) => isSuggestedChange(resource) || isTemplateItem(resource),
    why: 'Suggestions for a plan are made and decided here. They cannot be imported',
  },
  {
    is: (resource) => goalObservationCode(resource) !== undefined,
    why: 'Answers about goals are given here. They cannot be imported',
  },
  {
    is: (resource) =>
      resource.resourceType === 'Communication' && hasMessageCategory(resource, 'round-closed'),
    why: 'A round of answers is shown to everybody here. That cannot be imported',
  },
  {
    is: (resource) =>
      resource.resourceType === 'QuestionnaireResponse' &&
      isConversationForm(resource.questionnaire),
    why: 'What is said before and after a conversation is said here. It cannot be imported',
  },
  {
    is: (resource) =>
      resource.resourceType === 'Communication' && promiseDeedKindOf(resource) !== undefined,
    why: 'That a promise was kept is reviewed and confirmed here. It cannot be imported',
  },
  {
    is: (resource) => isOffer(resource) || isOfferWord(resource),
    why: 'Help is offered, and answered, here. That cannot be imported',
  },
  {
    is: isCaseReferral,
    why: 'A referral for a case manager is sent and answered here. It cannot be imported',
  },
  {
    is: (resource) => isProgramme(resource) || isProgrammeEntry(resource),
    why: 'Programmes, and who is in them, are kept here. They cannot be imported',
  },
  {
    is: isLearningCycle,
    why: 'What the partners tried is written here. It cannot be imported',
  },
  {
    is: isPutToPartners,
    why: 'What the partners agree to measure is kept here. It cannot be imported',
  },
  {
    is: isVoiceChange,
    why: 'What was changed because of somebody’s words is written here. It cannot be imported',
  },
  {
    is: isGapDecline,
    why: 'That something due is not wanted is written down here. It cannot be imported',
  },
  {
    is: isLeftForCover,
    why: 'What a colleague should know, and who was handed over, is written here. It cannot be imported',
  },
  {
    is: isPackQuestionnaire,
    why: 'That a licensed questionnaire may be used is said here. It cannot be imported',
  },
  {
    is: (resource) =>
      isTeamMeeting(resource) || isMeetingAsk(resource) || isMeetingLetter(resource),
    why: 'What a team meeting asks, decides and writes to a person is kept here. It cannot be imported',
  },
  {
    is: (resource) => resource.resourceType === 'Task' && isTodayClaim(resource),
    why: 'Who takes a line of Today is said here. It cannot be imported',
  },
  {
    is: (resource) =>
      resource.resourceType === 'Flag' && extensionOf(resource, alertDutyName) !== undefined,
    why: 'Whose an alert is, is written here when it is raised. It cannot be imported',
  },
  {
    is: (resource) => diaryKindOf(resource) !== undefined,
    why: 'Visits of a diary are made and moved here. They cannot be imported',
  },
  {
    is: isAnswerSuggestion,
    why: 'Suggestions from answers are made and decided here. They cannot be imported',
  },
  {
    is: (resource) => isThreadMessage(resource) || isMessageSeen(resource),
    why: 'Messages are sent and read here. They cannot be imported',
  },
  {
    is: (resource) => isOwnAmber(resource) || isOwnAmberAgreed(resource),
    why: 'A person’s own amber sign is said and agreed here. It cannot be imported',
  },
  { is: isWorry, why: 'How worried somebody is, is said here. It cannot be imported' },
  {
    is: isScoreDirection,
    why: 'Which way a score points is said here. It cannot be imported',
  },
  { is: isAboutMePhoto, why: 'The person’s picture is chosen here. It cannot be imported' },
  {
    is: isDecisionRecord,
    why: 'Whether a person can decide is recorded here. It cannot be imported',
  },
  {
    is: (resource) =>
      [isCarerOffer, isCarerEnding, isCarerAssessment, isCarerDecision].some((is) => is(resource)),
    why: 'What is offered to a carer, found, decided and said at the end is recorded here. It cannot be imported',
  },
  {
    is: (resource) => isCareAssessment(resource) || isCareDecision(resource),
    why: 'What somebody needs and has a right to is found and decided here. It cannot be imported',
  },
  {
    is: (resource) => isKeptBySocialCare(resource) || isSafeguarding(resource),
    why: 'Support plans, packages of care and concerns are written here. They cannot be imported',
  },
  {
    is: (resource) =>
      resource.resourceType === 'Observation' &&
      (resource.code?.coding?.some(({ code }) => isCarerWords(code)) ?? false),
    why: 'How it is for a carer is said here, by the carer. It cannot be imported',
  },
  {
    is: (resource) => resource.resourceType === 'Flag' && isAftercare(resource),
    why: 'Section 117 aftercare is recorded here, by a professional named in the care. It cannot be imported',
  },
  {
    is: (resource) => resource.resourceType === 'Flag' && isCarerIll(resource as Flag),
    why: 'That a carer is ill is said here, not imported',
  },
]

/** A file cannot say for somebody what is said here; what is here already, unchanged, may be in it. Throws 403. */
export function mustNotBeSaidHere(resource: Resource, before: Resource | undefined): void {
  const kind = kinds.find(({ is }) => is(resource) || (before !== undefined && is(before)))
  if (!kind) return
  const isSame = before !== undefined && changedElements(before, resource).length === 0
  if (isSame && !changesProgramme(resource, before)) return
  throw forbidden(kind.why)
}
