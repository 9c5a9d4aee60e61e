import { mapped, parameters, text, yes } from '#domain/fhir/parameters.ts'

const longest = 1000

/** The input of `$emergency-card`: how the person said yes, if somebody else makes the card; whether it says illnesses. */
export const cardRequest = parameters({
  agreed: mapped(text, {
    write: (words: string): string => words,
    read: (said) => said.trim().slice(0, longest),
  }),
  illnesses: yes,
  /** what matters, and who has the whole plan */
  matters: yes,
})
