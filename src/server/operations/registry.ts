import { acknowledgeLicenceOperation } from './admin/acknowledge-licence.ts'
import { addLibraryOperation } from './admin/add-library.ts'
import { backupOperation } from './admin/backup.ts'
import { importOperation } from './admin/import.ts'
import { measuresOperation } from './admin/measures.ts'
import { restoreOperation } from './admin/restore.ts'
import { settleMessageOperation } from './admin/settle-message.ts'
import {
  retireTemplateOperation,
  templateCountsOperation,
  templatesOperation,
} from './admin/templates.ts'
import { unmatchedMessagesOperation } from './admin/unmatched-messages.ts'
import { verifyAuditLogOperation } from './admin/verify-audit-log.ts'
import { careCardsOperation } from './cards/care-cards.ts'
import { suggestStepOperation } from './cards/suggest-step.ts'
import { careCardListOperation, switchCareCardOperation } from './cards/switch-care-card.ts'
import { addCarerOperation } from './carers/add-carer.ts'
import { carerOfferOperation } from './carers/carer-offer.ts'
import { carersOperation } from './carers/carers.ts'
import { caringForOperation } from './carers/caring-for.ts'
import { endCarerOperation } from './carers/end-carer.ts'
import { openCarerRecordOperation } from './carers/open-carer-record.ts'
import { settleOperation } from './contract/settle.ts'
import { absencesOperation } from './cover/absences.ts'
import { caseloadWeightsOperation } from './cover/caseload-weights.ts'
import { coverPackOperation } from './cover/cover-pack.ts'
import { endAbsenceOperation } from './cover/end-absence.ts'
import { handOverPeopleOperation } from './cover/hand-over-people.ts'
import { keepAbsenceOperation } from './cover/keep-absence.ts'
import { keepCoverNoteOperation } from './cover/keep-cover-note.ts'
import { whileAwayOperation } from './cover/while-away.ts'
import { whoCoversOperation } from './cover/who-covers.ts'
import { decidePeopleOperation } from './deciding/decide-people.ts'
import { importServicesOperation } from './directory/import-services.ts'
import { saveServiceOperation } from './directory/save-service.ts'
import { matchedEvaluationOperation } from './evaluation/matched-evaluation.ts'
import { extractOperation } from './extract/extract.ts'
import { activityOperation } from './feeds/activity.ts'
import { feedsOperation } from './feeds/feeds.ts'
import { scoreDirectionOperation, scoreDirectionsOperation } from './feeds/score-directions.ts'
import { answeredAloneOperation } from './goals/answered-alone.ts'
import { xmrOperation } from './insight/xmr.ts'
import { decideAlikeOperation } from './joining/decide-alike.ts'
import { joinRecordsOperation, partRecordsOperation } from './joining/join-records.ts'
import { possibleDuplicatesOperation } from './joining/possible-duplicates.ts'
import { recordsSinceJoinOperation } from './joining/records-since-join.ts'
import { exportPeopleOperation } from './lists/export-people.ts'
import {
  deleteListOperation,
  markListSeenOperation,
  savedListsOperation,
  saveListOperation,
} from './lists/saved-lists.ts'
import { searchPeopleOperation } from './lists/search-people.ts'
import { meetingAgendaOperation } from './meetings/meeting-agenda.ts'
import { meetingLetterOperation } from './meetings/meeting-letter.ts'
import { meetingStepOperation } from './meetings/meeting-step.ts'
import { meetingOperation, meetingsOperation } from './meetings/meetings.ts'
import { planMeetingOperation } from './meetings/plan-meeting.ts'
import { recordDecisionOperation } from './meetings/record-decision.ts'
import { messageReadersOperation } from './messages/message-readers.ts'
import { messagesOperation } from './messages/messages.ts'
import type { Operation } from './operation.ts'
import { agreeMeasureOperation, proposeMeasureOperation } from './outcomes/agree-measure.ts'
import { keepCycleOperation, learningCyclesOperation } from './outcomes/learning-cycles.ts'
import { measureRunsOperation } from './outcomes/measure-runs.ts'
import { outcomesOperation } from './outcomes/outcomes.ts'
import { noteUnmetOperation, unmetNeedsOperation } from './outcomes/unmet-needs.ts'
import { applyTemplateOperation } from './plan/apply-template.ts'
import { cardLinkOperation, setCardLinkOperation } from './plan/card-link.ts'
import { carerIllOperation } from './plan/carer-ill.ts'
import { emergencyCardOperation } from './plan/emergency-card.ts'
import { essentialsOperation } from './plan/essentials.ts'
import { houseOperation } from './plan/house.ts'
import { lastChangesOperation } from './plan/last-changes.ts'
import { lastViewedOperation, markSeenOperation } from './plan/last-viewed.ts'
import { planAtOperation } from './plan/plan-at.ts'
import { planVersionsOperation } from './plan/plan-versions.ts'
import { documentOperation } from './plan-document/document.ts'
import { freePlacesOperation } from './population/free-places.ts'
import { populationOperation } from './population/population.ts'
import { setPlacesOperation } from './population/set-places.ts'
import { personProgrammesOperation } from './programmes/person-programmes.ts'
import { programmePeopleOperation } from './programmes/programme-people.ts'
import { programmeStepOperation } from './programmes/programme-step.ts'
import { programmesOperation } from './programmes/programmes.ts'
import { saveProgrammeOperation } from './programmes/save-programme.ts'
import { careGapsOperation } from './quality/care-gaps.ts'
import { declineGapOperation } from './quality/decline-gap.ts'
import { evaluateMeasureOperation } from './quality/evaluate-measure.ts'
import { gapsOperation } from './quality/gaps.ts'
import { importMeasureOperation } from './quality/import-measure.ts'
import { stopMeasureOperation } from './quality/stop-measure.ts'
import { accessLogOperation } from './records/access-log.ts'
import { breakGlassOperation } from './records/break-glass.ts'
import { endBreakGlassOperation } from './records/end-break-glass.ts'
import { everythingOperation } from './records/everything.ts'
import { exportRecordOperation } from './records/export-record.ts'
import { scoreOperation } from './records/score.ts'
import { scoreHistoryOperation } from './records/score-history.ts'
import { sharedWithMeOperation } from './records/shared-with-me.ts'
import { validateRecord, validateType } from './records/validate.ts'
import { withheldOperation } from './records/withheld.ts'
import { referralsOperation } from './referrals/referrals.ts'
import { requestCoordinatorOperation } from './referrals/request-coordinator.ts'
import { dataQualityOperation } from './roster/data-quality.ts'
import { rosterOperation } from './roster/roster.ts'
import { takeWholeListOperation } from './roster/take-whole-list.ts'
import { undoWholeListOperation } from './roster/undo-whole-list.ts'
import {
  answerRuleOperation,
  askRuleOperation,
  endRuleOperation,
  judgeRulePersonOperation,
  runRuleOperation,
} from './rules/answer-rule.ts'
import { rulePeopleOperation } from './rules/rule-people.ts'
import { ruleOperation, rulesOperation } from './rules/rules.ts'
import { saveRuleOperation } from './rules/save-rule.ts'
import { tryRuleOperation } from './rules/try-rule.ts'
import { answerSupportPlanOperation } from './social-care/answer-support-plan.ts'
import { keepCarePackageOperation } from './social-care/keep-care-package.ts'
import { keepSupportPlanOperation } from './social-care/keep-support-plan.ts'
import { missedVisitOperation } from './social-care/missed-visit.ts'
import { raiseConcernOperation } from './social-care/raise-concern.ts'
import { safeguardingOperation } from './social-care/safeguarding.ts'
import { safeguardingStepOperation } from './social-care/safeguarding-step.ts'
import { socialCareOperation } from './social-care/social-care.ts'
import { supportPlanStepOperation } from './social-care/support-plan-step.ts'
import { answerRuleCountsOperation } from './suggestions/answer-rule-counts.ts'
import { answerRulesOperation, switchAnswerRuleOperation } from './suggestions/answer-rules.ts'
import {
  answerRulePeopleOperation,
  startAnswerRuleOperation,
  tryAnswerRuleOperation,
} from './suggestions/try-answer-rule.ts'
import { takeTodayOperation } from './today/take-today.ts'
import { todaySeenOperation } from './today/today-seen.ts'
import { turnScreenOperation } from './turned/turn-screen.ts'
import { turnedAnswerOperation } from './turned/turned-answer.ts'
import { turnedPlanOperation } from './turned/turned-plan.ts'
import { myVoicesOperation, voiceLeaveOperation } from './voice/my-voices.ts'
import { noteVoiceChangeOperation, voicesOperation } from './voice/voices.ts'
import { caseloadOperation } from './worklists/caseload.ts'
import { findPeopleOperation } from './worklists/find-people.ts'
import { inHospitalOperation } from './worklists/in-hospital.ts'
import { myTasksOperation } from './worklists/my-tasks.ts'
import { residentsOperation } from './worklists/residents.ts'
import { todayOperation } from './worklists/today.ts'

/** Every named operation that is served, and listed in `metadata`. */
export const operationRegistry: readonly Operation[] = [
  acknowledgeLicenceOperation,
  addLibraryOperation,
  importOperation,
  unmatchedMessagesOperation,
  settleMessageOperation,
  everythingOperation,
  validateType,
  validateRecord,
  accessLogOperation,
  houseOperation,
  lastChangesOperation,
  planVersionsOperation,
  planAtOperation,
  lastViewedOperation,
  markSeenOperation,
  answeredAloneOperation,
  withheldOperation,
  carerIllOperation,
  carersOperation,
  caringForOperation,
  carerOfferOperation,
  openCarerRecordOperation,
  addCarerOperation,
  endCarerOperation,
  essentialsOperation,
  emergencyCardOperation,
  cardLinkOperation,
  setCardLinkOperation,
  sharedWithMeOperation,
  turnScreenOperation,
  turnedPlanOperation,
  turnedAnswerOperation,
  caseloadOperation,
  measuresOperation,
  outcomesOperation,
  measureRunsOperation,
  proposeMeasureOperation,
  agreeMeasureOperation,
  settleOperation,
  voicesOperation,
  noteVoiceChangeOperation,
  myVoicesOperation,
  voiceLeaveOperation,
  unmetNeedsOperation,
  noteUnmetOperation,
  learningCyclesOperation,
  keepCycleOperation,
  absencesOperation,
  keepAbsenceOperation,
  endAbsenceOperation,
  coverPackOperation,
  keepCoverNoteOperation,
  whileAwayOperation,
  whoCoversOperation,
  caseloadWeightsOperation,
  handOverPeopleOperation,
  todayOperation,
  takeTodayOperation,
  todaySeenOperation,
  myTasksOperation,
  findPeopleOperation,
  decidePeopleOperation,
  exportPeopleOperation,
  inHospitalOperation,
  socialCareOperation,
  keepSupportPlanOperation,
  answerSupportPlanOperation,
  supportPlanStepOperation,
  keepCarePackageOperation,
  missedVisitOperation,
  safeguardingOperation,
  raiseConcernOperation,
  safeguardingStepOperation,
  searchPeopleOperation,
  savedListsOperation,
  saveListOperation,
  deleteListOperation,
  markListSeenOperation,
  residentsOperation,
  referralsOperation,
  requestCoordinatorOperation,
  saveServiceOperation,
  importServicesOperation,
  populationOperation,
  matchedEvaluationOperation,
  extractOperation,
  rosterOperation,
  dataQualityOperation,
  takeWholeListOperation,
  undoWholeListOperation,
  setPlacesOperation,
  rulesOperation,
  ruleOperation,
  saveRuleOperation,
  tryRuleOperation,
  rulePeopleOperation,
  judgeRulePersonOperation,
  askRuleOperation,
  answerRuleOperation,
  endRuleOperation,
  runRuleOperation,
  freePlacesOperation,
  importMeasureOperation,
  evaluateMeasureOperation,
  stopMeasureOperation,
  careGapsOperation,
  declineGapOperation,
  gapsOperation,
  feedsOperation,
  activityOperation,
  scoreDirectionsOperation,
  scoreDirectionOperation,
  programmesOperation,
  saveProgrammeOperation,
  programmePeopleOperation,
  personProgrammesOperation,
  programmeStepOperation,
  meetingAgendaOperation,
  meetingsOperation,
  meetingOperation,
  planMeetingOperation,
  meetingStepOperation,
  recordDecisionOperation,
  meetingLetterOperation,
  messagesOperation,
  messageReadersOperation,
  possibleDuplicatesOperation,
  decideAlikeOperation,
  recordsSinceJoinOperation,
  joinRecordsOperation,
  partRecordsOperation,
  scoreOperation,
  scoreHistoryOperation,
  breakGlassOperation,
  endBreakGlassOperation,
  verifyAuditLogOperation,
  backupOperation,
  restoreOperation,
  exportRecordOperation,
  documentOperation,
  templatesOperation,
  applyTemplateOperation,
  retireTemplateOperation,
  templateCountsOperation,
  answerRulesOperation,
  switchAnswerRuleOperation,
  answerRuleCountsOperation,
  tryAnswerRuleOperation,
  startAnswerRuleOperation,
  answerRulePeopleOperation,
  careCardsOperation,
  suggestStepOperation,
  careCardListOperation,
  switchCareCardOperation,
  xmrOperation,
]
