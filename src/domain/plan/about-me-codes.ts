/** SNOMED CT codes of the seven About Me sections (PRSB About Me v2.0.1). */
export const aboutMeCodes = {
  'most-important': '1515861000000103',
  'people-important': '1515871000000105',
  communicate: '1515881000000107',
  wellness: '1515891000000109',
  'please-do': '1515901000000105',
  support: '1515911000000107',
  also: '1515921000000101',
} as const
