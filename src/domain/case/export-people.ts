import { code, type In, parameters, text } from '#domain/fhir/parameters.ts'

/**
 * What a list is exported for. `care`: with names, for those who care for these people; `planning`: without names, and
 * without whoever said no to the use of their data for planning.
 */
export const exportUses = ['care', 'planning'] as const
export type ExportUse = (typeof exportUses)[number]

export const longestPurpose = 500
/** More people are no list that somebody works; a copy of everything is a backup. */
export const mostExported = 5_000

/** The input of `$export-people`, beside the filters of `$find-people`: what for, and in the asker’s words. */
export const exportPeopleRequest = parameters({ use: code, purpose: text })
export type ExportPeople = In<typeof exportPeopleRequest>
