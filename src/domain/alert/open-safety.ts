import type { Flag } from '@medplum/fhirtypes'

/** A safety matter that nobody has closed: an active Flag of the category safety, however old. */
export const isOpenSafety = ({ status, category = [] }: Flag): boolean =>
  status === 'active' &&
  category.some((each) => each.coding?.some((coding) => coding.code === 'safety'))
