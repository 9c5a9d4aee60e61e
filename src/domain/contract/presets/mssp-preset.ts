import type { ContractTerms } from '#domain/contract/contract-terms.ts'

export const msspTracks = ['A', 'B', 'C', 'D', 'E', 'ENHANCED'] as const
export type MsspTrack = (typeof msspTracks)[number]

type Side = Readonly<{
  rate: number
  cap: number
  loss?: Readonly<{ rate: number; limit: number; revenueLimit?: number; byQuality?: boolean }>
}>

/** 42 CFR 425.605(d) for BASIC, 425.610 for ENHANCED, in millionths. */
const sides: Readonly<Record<MsspTrack, Side>> = {
  A: { rate: 400_000, cap: 100_000 },
  B: { rate: 400_000, cap: 100_000 },
  C: { rate: 500_000, cap: 100_000, loss: { rate: 300_000, limit: 10_000, revenueLimit: 20_000 } },
  D: { rate: 500_000, cap: 100_000, loss: { rate: 300_000, limit: 20_000, revenueLimit: 40_000 } },
  E: { rate: 500_000, cap: 100_000, loss: { rate: 300_000, limit: 40_000, revenueLimit: 80_000 } },
  ENHANCED: {
    ...{ rate: 750_000, cap: 200_000 },
    loss: { rate: 750_000, limit: 150_000, byQuality: true },
  },
}

type Elected = Readonly<{
  /** of two-sided tracks: 0 to 2%; absent: the table by size */
  elected?: number
}>

/** The Medicare Shared Savings Program. Two-sided tracks choose their least savings and losses, or the table. */
export function msspPreset(track: MsspTrack, { elected }: Elected = {}): ContractTerms {
  const { rate, cap, loss } = sides[track]
  const threshold =
    loss && elected !== undefined
      ? { kind: 'flat' as const, rate: elected }
      : { kind: 'size-table' as const }
  const isBasic = track !== 'ENHANCED'
  const section = isBasic ? '42 CFR 425.605' : '42 CFR 425.610'
  return {
    title: isBasic ? `MSSP, BASIC track level ${track}` : 'MSSP, ENHANCED track',
    ...{ place: '', preset: `mssp-${track.toLowerCase()}`, currency: 'USD' },
    ...{ startsOn: '2026-01-01', endsOn: '2030-12-31' },
    population: 'People with Medicare who are assigned to the organisation',
    attribution: 'Where they got most of their primary care: 42 CFR 425.402',
    parties: [
      {
        ...{ organisation: 'physicians', name: 'Physicians’ group' },
        ...{ role: 'practice-association' as const, share: 500_000 },
      },
      {
        ...{ organisation: 'hospital', name: 'Hospital' },
        ...{ role: 'physician-hospital-organisation' as const, share: 500_000 },
      },
    ],
    ...{ budget: { kind: 'given', bands: [] }, settings: [], measures: [], shows: 'all' },
    phases: [
      {
        ...{ name: loss ? 'Savings and losses' : 'Savings only' },
        ...{ from: '2026-01-01', until: '2030-12-31' },
        savings: { threshold, rate, cap, lowRevenueHalf: isBasic },
        ...(loss ? { losses: { threshold, byQuality: false, ...loss } } : {}),
      },
    ],
    gate: { kind: 'standard', whenShut: 'Nothing is paid' },
    sources: [
      source('budget', '42 CFR 425.652 (updated benchmark, given with the figures)', true),
      source('threshold', loss ? `${section}(b)` : '42 CFR 425.604(b), table by assigned people'),
      source(
        'gate',
        '42 CFR 425.512: 40th percentile of MIPS quality, or the alternative standard',
      ),
      source('share', `${section}(d)`),
      source(
        'cap',
        isBasic ? `${section}(d): 10% of the benchmark` : `${section}(e): 20% of the benchmark`,
      ),
      source(
        'loss',
        isBasic ? `${section}(d): 30%` : `${section}(f): 1 less 0.75 × quality, 40% to 75%`,
      ),
      source(
        'limit',
        isBasic
          ? `${section}(d): the lower of revenue and benchmark`
          : `${section}(g): 15% of the benchmark`,
      ),
      source('parties', 'Between its participants: their own agreement'),
    ],
  }
}

const source = (
  rule: ContractTerms['sources'][number]['rule'],
  words: string,
  unverified = false,
) => ({
  ...{ rule, words, unverified },
})
