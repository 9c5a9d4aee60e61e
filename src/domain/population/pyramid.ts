/**
 * Bands of the pyramid, from the top, by the place of a person in the order of chance. Very high is the top half in a
 * hundred, high to the top five, rising to the top twenty: after the bands of the Combined Predictive Model
 * (Wennberg 2006, King’s Fund), from memory and unverified; that they are cut by this chance is our own.
 * @unverified population-bands
 */
export const pyramidBands = ['very-high', 'high', 'rising', 'rest'] as const
export type PyramidBand = (typeof pyramidBands)[number]

/** The last place of each band, as a share of all people. */
const ends: Readonly<Record<PyramidBand, number>> = {
  'very-high': 0.005,
  high: 0.05,
  rising: 0.2,
  rest: 1,
}

/** The number of people above the lower edge of a band. */
export const lastPlace = (band: PyramidBand, people: number): number =>
  Math.round((ends[band] ?? 1) * people)

/** One in twenty: those who could be offered a coordinator first. */
export const topPlaces = (people: number): number => lastPlace('high', people)

/** Fewer people say nothing: the top half in a hundred of them is one person. Our own limit. */
export const fewestPeople = 200
