/** Words that are the same in English and in the other language: names, and what has no other word. */
export const sameAsEnglish: Readonly<Record<'cy' | 'pl' | 'ur', readonly string[]>> = {
  cy: ['kg', 'Person', 'Staff'],
  pl: ['kg', 'administrator'],
  ur: [],
}
