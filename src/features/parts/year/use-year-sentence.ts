import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { yearFindings } from '#domain/year/year-findings.ts'
import type { YearPicture } from '#domain/year/year-picture.ts'

/** What a picture shows, in one or two sentences. `ofName`: whose; absent: the reader’s own. */
export function useYearSentence(picture: YearPicture, ofName: string | undefined): string {
  const { t } = useLingui()
  const { stays, nights, afterGap, contacts, missed } = yearFindings(picture)
  const times = plural(stays.length, { one: 'once', other: '# times' })
  const inBed = plural(nights, { one: '# night', other: '# nights' })
  const reached = plural(contacts, { one: '# visit or call', other: '# visits and calls' })
  const tries = plural(missed, { one: '# try reached nobody', other: '# tries reached nobody' })
  const hospital = () => {
    if (stays.length === 0)
      return ofName ? t`${ofName} was not in hospital.` : t`You were not in hospital.`
    if (ofName && stays.length > 1 && afterGap.length === stays.length)
      return t`Each time ${ofName} went into hospital, no one had come or called for two weeks or more.`
    return ofName
      ? t`${ofName} went into hospital ${times}, for ${inBed} in all.`
      : t`You went into hospital ${times}, for ${inBed} in all.`
  }
  const contact = () => {
    if (contacts + missed === 0) return t`No visit or call is recorded.`
    return missed > 0 ? t`${reached}, and ${tries}.` : t`${reached}.`
  }
  return `${hospital()} ${contact()}`
}
