import type { Flag } from '@medplum/fhirtypes'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import { alertDutyName } from './alert-duty.ts'

/** About a reading, or about somebody who came home; what else is closed has rules of its own. */
export const isAlertFlag = (flag: Flag): boolean =>
  extensionOf(flag, alertDutyName) !== undefined ||
  ['reading-outside-limits', 'home-from-hospital'].some((code) =>
    flag.code.coding?.some((each) => each.code === code),
  )
