/** A code in its system, as a record has it. */
export type Coded = Readonly<{ system?: string; code?: string }>
