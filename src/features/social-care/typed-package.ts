import type { CarePackage, CarePackageToKeep } from '#domain/social-care/care-package.ts'
import { amountTyped, hundredthsFrom } from '#domain/social-care/hundredths-from.ts'

export type TypedVisit = Readonly<{
  id: string
  days: string[]
  at: string
  minutes: string
  workers: string
  tasks: string
}>

/** A package of care while it is typed. */
export type TypedPackage = Readonly<{
  package: string
  version: number
  reason: string
  provider: string
  startsOn: string
  endsOn: string
  visits: readonly TypedVisit[]
  amount: string
  per: 'hour' | 'week'
}>

export const emptyVisit = (): TypedVisit => ({
  ...{ id: crypto.randomUUID(), days: [], at: '', minutes: '', workers: '1', tasks: '' },
})

export function typedPackageFrom(one: CarePackage | undefined): TypedPackage {
  const visits = (one?.visits ?? []).map(({ days, minutes, workers, ...visit }) => ({
    ...visit,
    ...{ days: [...days], minutes: String(minutes), workers: String(workers) },
  }))
  return {
    ...{ package: one?.id ?? '', version: one?.version ?? 0, reason: '' },
    ...{ provider: one?.provider ?? '', startsOn: one?.startsOn ?? '', endsOn: one?.endsOn ?? '' },
    visits: visits.length > 0 ? visits : [{ ...emptyVisit(), id: 'first' }],
    ...{ amount: one?.cost ? amountTyped(one.cost.amount) : '', per: one?.cost?.per ?? 'hour' },
  }
}

const wholeNumber = (typed: string): number => (/^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0)

/** What is sent. What cannot be read counts as 0, which the rules refuse with their message. */
export function packageTyped({ visits, amount, per, ...rest }: TypedPackage): CarePackageToKeep {
  return {
    ...rest,
    visits: visits.map((visit) => ({
      ...visit,
      ...{
        at: visit.at
          .trim()
          .replace(/^(\d):/, '0$1:')
          .replace('.', ':'),
      },
      ...{ minutes: wholeNumber(visit.minutes), workers: wholeNumber(visit.workers) },
    })),
    ...(amount.trim() === ''
      ? {}
      : { cost: { amount: hundredthsFrom(amount) ?? 0, per, currency: 'GBP' } }),
  }
}
