import { carerStrainIndex } from './entered/carer-strain-index.ts'
import { clinicalFrailtyScale } from './entered/clinical-frailty-scale.ts'
import { edmontonFrailScale } from './entered/edmonton-frail-scale.ts'
import { eq5d5l } from './entered/eq5d5l.ts'
import { patientActivation } from './entered/patient-activation.ts'
import { waterlow } from './entered/waterlow.ts'
import type { Instrument } from './instrument.ts'
import { carerStrainConversation } from './own/carer-strain-conversation.ts'
import { dailyLivingChecklist } from './own/daily-living-checklist.ts'
import { fallsChecklist } from './own/falls-checklist.ts'
import { homeSafetyChecklist } from './own/home-safety-checklist.ts'
import { medicinesChecklist } from './own/medicines-checklist.ts'
import { nutritionChecklist } from './own/nutrition-checklist.ts'
import { auditC } from './packs/audit-c.ts'
import { barthel } from './packs/barthel.ts'
import { katz } from './packs/katz.ts'
import { lawton } from './packs/lawton.ts'
import { mustScreening } from './packs/must-screening.ts'
import { who5 } from './packs/who5.ts'
import { fourAt } from './pending/four-at.ts'
import { prisma7 } from './pending/prisma7.ts'
import { ucla3 } from './pending/ucla3.ts'
import type { ScoreRule } from './score-rule.ts'
import { acvpu } from './shipped/acvpu.ts'
import { gad7 } from './shipped/gad7.ts'
import { gaitSpeed } from './shipped/gait-speed.ts'
import { news2Form } from './shipped/news2-form.ts'
import { ons4 } from './shipped/ons4.ts'
import { painScale } from './shipped/pain-scale.ts'
import { phq2 } from './shipped/phq2.ts'
import { phq9 } from './shipped/phq9.ts'
import { timedUpAndGo } from './shipped/timed-up-and-go.ts'

/** Every instrument of the library, whether it may be used here or not. */
export const library: readonly Instrument[] = [
  ...[ons4, who5, eq5d5l, auditC],
  ...[phq2, phq9, gad7],
  ...[fourAt, fallsChecklist, timedUpAndGo, gaitSpeed],
  ...[prisma7, clinicalFrailtyScale, edmontonFrailScale],
  ...[painScale, nutritionChecklist, mustScreening],
  ...[dailyLivingChecklist, barthel, katz, lawton],
  ...[medicinesChecklist, ucla3, patientActivation, homeSafetyChecklist],
  ...[carerStrainConversation, carerStrainIndex],
  ...[news2Form, acvpu, waterlow],
]

/** How answers become a number, by questionnaire and version. Never applied to a version it was not written for. */
export const scoreRules: readonly ScoreRule[] = library.flatMap(({ rule }) => rule ?? [])

/** The instrument of a questionnaire, whatever its version. */
export const instrumentAt = (url: string): Instrument | undefined =>
  library.find((each) => each.url === url)
