import { useLingui } from '@lingui/react'
import type { Language } from '#domain/language/languages.ts'
import { screenPhrases } from '#domain/plan/document/phrases-in.ts'
import type { PlanPhrases } from '#domain/plan/document/plan-phrases.ts'

/** The phrases of a written plan in the language of the page, or of the part of it that speaks another. */
export const usePlanPhrases = (): PlanPhrases => screenPhrases(useLingui().i18n.locale as Language)
