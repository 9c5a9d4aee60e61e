import type { Questionnaire } from '@medplum/fhirtypes'
import { auditCQuestionnaire } from './packs/audit-c.ts'
import { barthelQuestionnaire } from './packs/barthel.ts'
import { katzQuestionnaire } from './packs/katz.ts'
import { lawtonQuestionnaire } from './packs/lawton.ts'
import { mustQuestionnaire } from './packs/must-screening.ts'
import { who5Questionnaire } from './packs/who5.ts'

/** The questionnaires that may be used only after the organisation has said that it has the right to. */
export const packQuestionnaires: readonly (Questionnaire & { id: string })[] = [
  ...[mustQuestionnaire, who5Questionnaire, auditCQuestionnaire],
  ...[barthelQuestionnaire, katzQuestionnaire, lawtonQuestionnaire],
]
