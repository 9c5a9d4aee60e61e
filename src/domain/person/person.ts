/** The content of the banner on every page about a person: enough to be sure who it is, and to be safe. */
export type Person = Readonly<{
  id: string
  family: string | undefined
  given: string | undefined
  title: string | undefined
  /** FHIR date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; absent if nobody knows */
  birthDate: string | undefined
  /** as recorded; absent if nobody recorded it */
  gender?: 'male' | 'female' | 'other' | 'unknown'
  /** a day or instant; `true` if the date is not known */
  died: string | true | undefined
  /** ten digits as recorded */
  nhsNumber: string | undefined
  communication: string | undefined
  /** the record is no longer in use: nobody is taken on by it */
  setAside: boolean
  /** id of the record to which this one was joined */
  standsFor: string | undefined
  /** ids of the records that were joined to this one */
  joined: readonly string[]
}>

export type Allergies =
  | Readonly<{ known: true; list: readonly string[] }>
  /** nobody has recorded whether there are any: not the same as none */
  | Readonly<{ known: false }>
