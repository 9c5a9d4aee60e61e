import type { Questionnaire } from '@medplum/fhirtypes'
import { fourAtQuestionnaire } from './pending/four-at.ts'
import { prisma7Questionnaire } from './pending/prisma-7.ts'
import { ucla3Questionnaire } from './pending/ucla-3.ts'
import { gad7Questionnaire } from './shipped/gad-7.ts'
import { gaitSpeedQuestionnaire } from './shipped/gait-speed.ts'
import { ons4Questionnaire } from './shipped/ons-4.ts'
import { phq2Questionnaire } from './shipped/phq-2.ts'
import { phq9Questionnaire } from './shipped/phq-9.ts'
import { timedUpAndGoQuestionnaire } from './shipped/timed-up-and-go.ts'

/** The questionnaires that may be used without asking anybody. */
export const libraryQuestionnaires: readonly (Questionnaire & { id: string })[] = [
  ...[prisma7Questionnaire, phq9Questionnaire, phq2Questionnaire, gad7Questionnaire],
  ...[ons4Questionnaire, timedUpAndGoQuestionnaire, gaitSpeedQuestionnaire],
  ...[ucla3Questionnaire, fourAtQuestionnaire],
]
