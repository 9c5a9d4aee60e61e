import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { yearFindings } from '#domain/year/year-findings.ts'
import type { YearPicture } from '#domain/year/year-picture.ts'

/** What a picture shows, in a few sentences. `ofName`: whose; absent: the reader’s own. */
export function useYearSentence(picture: YearPicture, ofName: string | undefined): string {
  const { t } = useLingui()
  const found = yearFindings(picture)
  const { stays, nights, departments, afterGap, contacts, missed, neverReached } = found
  const times = plural(stays.length, { one: 'once', other: '# times' })
  const inBed = plural(nights, { one: '# night', other: '# nights' })
  const visits = plural(departments, { one: 'once', other: '# times' })
  const reached = plural(contacts, { one: '# visit or call', other: '# visits and calls' })
  const tries = plural(missed, { one: '# try reached nobody', other: '# tries reached nobody' })
  const hospital = () => {
    if (stays.length === 0) return t`No hospital stay is recorded.`
    if (nights === 0)
      return ofName
        ? t`${ofName} was in hospital ${times}, not overnight.`
        : t`You were in hospital ${times}, not overnight.`
    return ofName
      ? t`${ofName} was in hospital ${times}, for ${inBed} in all.`
      : t`You were in hospital ${times}, for ${inBed} in all.`
  }
  const before = () =>
    ofName && stays.length > 1 && afterGap.length === stays.length
      ? t`Each time, no visit or call is recorded for two weeks or more before.`
      : ''
  const department = () => {
    if (departments === 0) return ''
    return ofName
      ? t`${ofName} went to the emergency department ${visits}.`
      : t`You went to the emergency department ${visits}.`
  }
  const contact = () => {
    if (contacts + missed === 0)
      return neverReached
        ? t`No visit or call has been recorded yet.`
        : t`No visit or call is recorded.`
    return missed > 0 ? t`${reached}, and ${tries}.` : t`${reached}.`
  }
  const death = () =>
    ofName && picture.ends === 'last-record' ? t`${ofName} has died. The day is not recorded.` : ''
  return [death(), hospital(), before(), department(), contact()].filter(Boolean).join(' ')
}
