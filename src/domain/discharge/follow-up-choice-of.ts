import type { Organization, Resource } from '@medplum/fhirtypes'
import { holidayCalendars } from '#domain/calendar/holiday-calendars.ts'
import { extensionOf, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import { type FollowUpChoice, followUpRuleCodes, usualFollowUp } from './follow-up-rule.ts'

const name = 'follow-up-rule'

const partsOf = (organisation: Organization | undefined) => {
  const said = extensionOf(organisation, name)?.extension ?? []
  const code = (url: string) => said.find((each) => each.url === url)?.valueCode
  return { rule: code('rule'), calendar: code('calendar') }
}

/** What the organisation follows after a discharge; the usual where nobody has chosen. */
export function followUpChoiceOf(organisation: Organization | undefined): FollowUpChoice {
  const said = partsOf(organisation)
  const rule = followUpRuleCodes.find((each) => each === said.rule)
  const calendar = holidayCalendars.find((each) => each === said.calendar)
  return rule && calendar ? { rule, calendar } : usualFollowUp
}

export const withFollowUpChoice = (
  organisation: Organization & { id: string },
  { rule, calendar }: FollowUpChoice,
): Organization & { id: string } => {
  const { extension: _before, ...rest } = organisation
  const chosen = [
    { url: 'rule', valueCode: rule },
    { url: 'calendar', valueCode: calendar },
  ]
  return { ...rest, ...withExtensions(organisation, { [name]: [{ extension: chosen }] }) }
}

/** What a write does to the rule of an organisation: whether it is another than before, and whether it can be read. */
export function followUpChange(
  after: Resource,
  before: Resource | undefined,
): Readonly<{ isChanged: boolean; isSound: boolean }> {
  if (after.resourceType !== 'Organization') return { isChanged: false, isSound: true }
  const said = partsOf(after)
  const was = partsOf(before?.resourceType === 'Organization' ? before : undefined)
  const isSaid = extensionOf(after, name) !== undefined
  return {
    isChanged: said.rule !== was.rule || said.calendar !== was.calendar,
    isSound:
      !isSaid ||
      (followUpRuleCodes.some((each) => each === said.rule) &&
        holidayCalendars.some((each) => each === said.calendar)),
  }
}
