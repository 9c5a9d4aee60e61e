import { measure } from '#domain/case/measures.ts'
import { as, boolean, group, id, integer, list, parameters, text } from '#domain/fhir/parameters.ts'

/** The input of `$apply-template`: which of its items; all of them if none is named. */
export const applyTemplateRequest = parameters({
  template: id,
  items: as('item', list(id)),
})

/** Its result: how many were suggested now, and how many had been before. */
export const applyTemplateAnswer = parameters({ suggested: integer, before: integer })

/** The input of `$retire-template`. */
export const retireTemplateRequest = parameters({ template: id, retired: boolean, reason: text })

/** The result of `$template-counts`: how often each item was suggested, taken and dismissed, without names. */
export const templateCounts = parameters({
  rows: as(
    'row',
    list(group({ template: id, item: id, suggested: measure, taken: measure, dismissed: measure })),
  ),
})
