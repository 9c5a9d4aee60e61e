import { integer, must, optional, parameters, text } from '#domain/fhir/parameters.ts'

/** More are a slip of the hand. */
export const mostPlaces = 10_000
/** Of one coordinator. */
export const mostPlacesEach = 500

/** The input of `$set-places`: how many people one coordinator can look after at a time. */
export const placesRequest = parameters({
  /** id of the Practitioner */
  coordinator: text,
  places: must(
    integer,
    (value) => Number.isInteger(value) && value >= 0 && value <= mostPlacesEach,
    `must be a whole number from 0 to ${mostPlacesEach}`,
  ),
})

/** The result of `$free-places`: absent as long as nobody entered how many places a coordinator has. */
export const freePlacesAnswer = parameters({ free: optional(integer) })
