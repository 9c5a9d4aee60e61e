import type { Questionnaire } from '@medplum/fhirtypes'
import { carerStrainIndexQuestionnaire } from './entered/carer-strain-index.ts'
import { clinicalFrailtyScaleQuestionnaire } from './entered/clinical-frailty-scale.ts'
import { edmontonFrailScaleQuestionnaire } from './entered/edmonton-frail-scale.ts'
import { eq5d5lQuestionnaire } from './entered/eq5d5l.ts'
import { patientActivationQuestionnaire } from './entered/patient-activation.ts'
import { waterlowQuestionnaire } from './entered/waterlow.ts'
import { carerStrainConversationQuestionnaire } from './own/carer-strain-conversation.ts'
import { dailyLivingChecklistQuestionnaire } from './own/daily-living-checklist.ts'
import { fallsChecklistQuestionnaire } from './own/falls-checklist.ts'
import { homeSafetyChecklistQuestionnaire } from './own/home-safety-checklist.ts'
import { medicinesChecklistQuestionnaire } from './own/medicines-checklist.ts'
import { nutritionChecklistQuestionnaire } from './own/nutrition-checklist.ts'
import { fourAtQuestionnaire } from './pending/four-at.ts'
import { prisma7Questionnaire } from './pending/prisma7.ts'
import { ucla3Questionnaire } from './pending/ucla3.ts'
import { acvpuQuestionnaire } from './shipped/acvpu.ts'
import { gad7Questionnaire } from './shipped/gad7.ts'
import { gaitSpeedQuestionnaire } from './shipped/gait-speed.ts'
import { news2Questionnaire } from './shipped/news2-form.ts'
import { ons4Questionnaire } from './shipped/ons4.ts'
import { painScaleQuestionnaire } from './shipped/pain-scale.ts'
import { phq2Questionnaire } from './shipped/phq2.ts'
import { phq9Questionnaire } from './shipped/phq9.ts'
import { timedUpAndGoQuestionnaire } from './shipped/timed-up-and-go.ts'

/** The questionnaires that may be used without asking anybody. */
export const libraryQuestionnaires: readonly (Questionnaire & { id: string })[] = [
  ...[prisma7Questionnaire, phq9Questionnaire, phq2Questionnaire, gad7Questionnaire],
  ...[ons4Questionnaire, timedUpAndGoQuestionnaire, gaitSpeedQuestionnaire],
  ...[news2Questionnaire, acvpuQuestionnaire, painScaleQuestionnaire],
  ...[ucla3Questionnaire, fourAtQuestionnaire],
  ...[
    fallsChecklistQuestionnaire,
    medicinesChecklistQuestionnaire,
    homeSafetyChecklistQuestionnaire,
  ],
  ...[dailyLivingChecklistQuestionnaire, nutritionChecklistQuestionnaire],
  ...[carerStrainConversationQuestionnaire, carerStrainIndexQuestionnaire],
  ...[clinicalFrailtyScaleQuestionnaire, edmontonFrailScaleQuestionnaire, waterlowQuestionnaire],
  ...[patientActivationQuestionnaire, eq5d5lQuestionnaire],
]
