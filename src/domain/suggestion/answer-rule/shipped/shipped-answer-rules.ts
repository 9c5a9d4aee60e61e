import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'
import { bodyAndMedicinesRules } from './body-and-medicines.ts'
import { fallsAndMovingRules } from './falls-and-moving.ts'
import { moodAndMindRules } from './mood-and-mind.ts'

/** The rules that come with the product, until somebody changes one here. */
export const shippedAnswerRules: readonly AnswerRule[] = [
  ...fallsAndMovingRules,
  ...moodAndMindRules,
  ...bodyAndMedicinesRules,
]
