import type { Resource } from '@medplum/fhirtypes'
import { mustNotBeAnAnswer } from '#server/agreement/answer/record-answer.ts'
import { mustNotBeASuggestion } from '#server/agreement/keep-suggested-change.ts'
import { mustStayPublished } from '#server/assessment/guard-assessment.ts'
import { mustKeepAlarm } from '#server/assessment/keep-alarm.ts'
import { mustStayOfCarer } from '#server/carer/guard-carer-records.ts'
import { guardCoverNote } from '#server/cover/guard-absences.ts'
import { mustStayDeclined } from '#server/cql/guard-gap-decline.ts'
import { mustStayInDiary } from '#server/diary/guard-diary-visit.ts'
import { mustStayOfHospital } from '#server/discharge/must-stay-of-hospital.ts'
import { mustStayOfMeeting } from '#server/meeting/guard-meeting.ts'
import { mustStayOfMessages } from '#server/message/keep-message.ts'
import { mustStayOptedOut } from '#server/opt-out/keep-opt-out.ts'
import { mustStayTried } from '#server/outcome/cycle/guard-cycle.ts'
import { mustStayOfMeasures } from '#server/outcome/guard-measure.ts'
import { mustStaySaid } from '#server/preparation/guard-after-conversation.ts'
import { mustStayOfProgramme } from '#server/programme/guard-programme.ts'
import { mustStayOfSocialCare } from '#server/social-care/guard-kept.ts'
import { mustStayOffered } from '#server/support/keep-support.ts'
import { mustStayOfVoices } from '#server/voice/guard-voice-change.ts'
import { mustStayRaised } from '#server/watch/keep-alert.ts'
import { mustStayOwnAmber } from '#server/watch/keep-own-amber.ts'
import { mustStayWorried } from '#server/watch/keep-worry.ts'

/** Throws 403 for what nobody deletes: it is ended, taken back, or marked as an error. */
export function mustStay(stored: Resource): void {
  mustNotBeAnAnswer(stored)
  mustNotBeASuggestion(stored)
  mustStaySaid(stored)
  mustStayOffered(stored)
  mustStayOfCarer(stored)
  mustStayOptedOut(stored)
  mustStayOfProgramme(stored)
  mustStayOfMeasures(stored)
  mustStayDeclined(stored)
  mustStayTried(stored)
  mustStayOfMeeting(stored)
  mustStayOfHospital(stored)
  mustStayOfSocialCare(stored)
  mustStayOfVoices(stored)
  guardCoverNote(stored)
  mustStayOfMessages(stored)
  mustStayInDiary(stored)
  mustStayPublished(stored)
  mustKeepAlarm(stored, undefined)
  mustStayRaised(stored)
  mustStayWorried(stored)
  mustStayOwnAmber(stored)
}
