import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ComparedBy } from '#domain/population/compared.ts'

export const comparedLabels: Readonly<Record<ComparedBy, MessageDescriptor>> = {
  deprivation: msg`By where people live`,
  ethnicity: msg`By ethnic group`,
  age: msg`By age`,
  sex: msg`By sex`,
  language: msg`By language`,
}

const unknown = msg`Not recorded`

export const comparedGroupLabels: Readonly<
  Record<ComparedBy, Readonly<Record<string, MessageDescriptor>>>
> = {
  deprivation: {
    1: msg`Poorest fifth of streets`,
    2: msg`Second fifth`,
    3: msg`Middle fifth`,
    4: msg`Fourth fifth`,
    5: msg`Richest fifth of streets`,
    unknown,
  },
  ethnicity: {
    asian: msg`Asian or Asian British`,
    black: msg`Black or Black British`,
    mixed: msg`Mixed`,
    white: msg`White`,
    other: msg`Other, or Chinese`,
    unknown,
  },
  age: {
    'under-65': msg`Under 65`,
    65: msg`65 to 79`,
    80: msg`80 and over`,
    unknown,
  },
  sex: { female: msg`Women and girls`, male: msg`Men and boys`, other: msg`Other`, unknown },
  language: { en: msg`English`, other: msg`Another language`, unknown },
}
